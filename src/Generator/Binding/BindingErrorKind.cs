namespace LuoHandlers.Generator.Binding;

/// <summary>Why the binder rejects a handler. Each kind lists its message arguments.</summary>
internal enum BindingErrorKind
{
    /// <summary>A type that could not be resolved, or an attribute without its argument: the compiler reports it, nobody else needs to. No arguments.</summary>
    Unresolved,

    /// <summary>The class, or a type that it is nested in, is not partial. {0}: the type; {1}: the handler.</summary>
    NotPartial,

    /// <summary>Not a class. {0}: the type.</summary>
    NotClass,

    /// <summary>An abstract class. {0}: the handler.</summary>
    IsAbstract,

    /// <summary>A static class. {0}: the handler.</summary>
    IsStatic,

    /// <summary>A generic class, or a class in a generic type. {0}: the generic type; {1}: the handler.</summary>
    IsGeneric,

    /// <summary>A file-local class, or a class in one: another file can't add to it. {0}: the file-local type; {1}: the handler.</summary>
    IsFileLocal,

    /// <summary>A class that the rest of the assembly can't see. {0}: the private or protected type; {1}: the handler.</summary>
    NotAccessible,

    /// <summary>The author implements the interface as well. {0}: the handler; {1}: the member.</summary>
    ImplementedByHand,

    /// <summary>The compatible string is null. {0}: the handler.</summary>
    CompatibleNull,

    /// <summary>The compatible string is empty. {0}: the handler.</summary>
    CompatibleEmpty,

    /// <summary>The compatible string does not fit. {0}: the string; {1}: its UTF-8 bytes; {2}: the most that fit.</summary>
    CompatibleTooLong,

    /// <summary>The compatible string has a NUL or half a surrogate pair, which LUO can't compare. {0}: the handler; {1}: the UTF-16 position.</summary>
    CompatibleNotText,

    /// <summary>A required callback is missing. {0}: the handler; {1}: the method; {2}: the kernel's name.</summary>
    CallbackMissing,

    /// <summary>A callback of an FLB is missing. {0}: the FLB; {1}: the method; {2}: the kernel's name.</summary>
    FlbCallbackMissing,

    /// <summary>An FLB without a public constructor that takes nothing. {0}: the FLB.</summary>
    FlbNotConstructible,

    /// <summary>An FLB's object of a type with <c>dynamic</c> in it, which can't be in an interface. {0}: the FLB; {1}: the method; {2}: the type.</summary>
    FlbObjectDynamic,

    /// <summary>A handler uses what is no FLB. {0}: the type; {1}: the handler.</summary>
    UsedTypeNotFlb,

    /// <summary>A handler uses an FLB twice. {0}: the FLB; {1}: the handler.</summary>
    FlbUsedTwice,

    /// <summary>More than one method of the name. {0}: the handler; {1}: the method.</summary>
    CallbackOverloaded,

    /// <summary>A generic method. {0}: the handler; {1}: the method.</summary>
    CallbackGeneric,

    /// <summary>An async method. {0}: the handler; {1}: the method.</summary>
    CallbackAsync,

    /// <summary>A return type that the callback can't have. {0}: the handler; {1}: the method; {2}: the type; {3}: what it may return.</summary>
    CallbackReturnType,

    /// <summary>A type that no parameter can have. {0}: the parameter; {1}: its type; {2}: the method; {3}: what it may take.</summary>
    ParameterType,

    /// <summary>LUO can't cancel. {0}: the parameter; {1}: the method.</summary>
    ParameterCancellationToken,

    /// <summary>A <c>ulong</c> of another name. {0}: the parameter; {1}: the method.</summary>
    ParameterNotNamedSerializedData,

    /// <summary>A struct without <c>[PreservedState]</c>. {0}: the parameter; {1}: its type; {2}: the method.</summary>
    ParameterStructNotPreservedState,

    /// <summary>The object of two FLBs of the handler. {0}: the parameter; {1}: its type; {2}: the method; {3}: the one FLB; {4}: the other.</summary>
    ParameterFlbAmbiguous,

    /// <summary>The callback does not offer it. {0}: the parameter; {1}: its type; {2}: the method; {3}: the role; {4}: what it may take.</summary>
    ParameterNotOffered,

    /// <summary>Passed in a way that the callback does not offer. {0}: the parameter; {1}: the method; {2}: how it is passed; {3}: how it may be.</summary>
    ParameterRefKind,

    /// <summary>A second parameter of the same role. {0}: the parameter; {1}: the first one; {2}: the method; {3}: the role.</summary>
    ParameterDuplicate,

    /// <summary>Another type than in another callback. {0}: the parameter or "return value"; {1}: its type; {2}: the method; {3}: the other type; {4}: the other method; {5}: the role.</summary>
    ParameterTypeDiffers,

    /// <summary>The file may be null in can_finish and finish. {0}: the parameter; {1}: its type; {2}: the method.</summary>
    FileNotNullable,

    /// <summary>A state with references in it, or a <c>ref struct</c>. {0}: the state type; {1}: the method.</summary>
    StateNotUnmanaged,

    /// <summary>A state and the raw handle in one handler. {0}: the handler; {1}: the parameter of the handle; {2}: its method; {3}: the state type.</summary>
    StateWithSerializedData,

    /// <summary>Read, but Preserve has no <c>out</c> parameter that writes it. {0}: the parameter; {1}: its type; {2}: the method; {3}: the role.</summary>
    NotPreserved,

    /// <summary>Retrieve returns an Errno and has no <c>out</c> file. {0}: the handler.</summary>
    RetrieveWithoutFile,

    /// <summary>Retrieve returns the file and has an <c>out</c> file as well. {0}: the parameter; {1}: the handler.</summary>
    RetrieveFileTwice,

    /// <summary>The upgrade of a handler that has no state. {0}: the handler; {1}: the method.</summary>
    UpgradeWithoutState,

    /// <summary>An upgrade that takes no old state. {0}: the method; {1}: the older compatible string.</summary>
    UpgradeWithoutOldState,

    /// <summary>A parameter that an upgrade can't have. {0}: the parameter; {1}: its type; {2}: the method.</summary>
    UpgradeParameter,

    /// <summary>An upgrade that does not give the handler's state, or gives it twice. {0}: the method; {1}: what it returns; {2}: the state.</summary>
    UpgradeReturn,

    /// <summary>An upgrade from the handler's own string. {0}: the string; {1}: the handler.</summary>
    UpgradeFromItself,

    /// <summary>Two upgrades from one string. {0}: the string; {1}: the method; {2}: the first method.</summary>
    UpgradeRepeated,

    /// <summary>The attribute of an upgrade on an operator, an accessor or the like. {0}: the handler.</summary>
    UpgradeNotMethod,

    /// <summary>The attribute of an upgrade in an FLB. {0}: the FLB; {1}: the method.</summary>
    UpgradeOfFlb,

    /// <summary>A handler depends on what is no file. {0}: the type; {1}: the handler.</summary>
    DependencyNotFile,

    /// <summary>A handler depends twice on files of one type. {0}: the type; {1}: the handler.</summary>
    DependencyRepeated,

    /// <summary>Preserve of a handler that depends on a file has no parameter for its token. {0}: the type of the file; {1}: the handler.</summary>
    DependencyNotTaken,

    /// <summary>A parameter for a dependency that is not declared. {0}: the parameter; {1}: the type of the file; {2}: the method; {3}: the handler.</summary>
    DependencyNotDeclared,

    /// <summary>A typed session without a constructor that takes nothing. {0}: the session.</summary>
    SessionNotConstructible,

    /// <summary>A typed session that derives from one. {0}: the session; {1}: the base class.</summary>
    SessionDerivesFromSession,

    /// <summary>The author has a member that the generator writes. {0}: the session; {1}: the member.</summary>
    SessionMemberTaken,

    /// <summary>A base class has a member that one that the generator writes would hide. {0}: the session; {1}: the member; {2}: the base class.</summary>
    SessionMemberHidden,

    /// <summary>A token property that is not partial, or that the author implements. {0}: the property; {1}: the session.</summary>
    TokenPropertyNotPartial,

    /// <summary>A static token property. {0}: the property.</summary>
    TokenPropertyStatic,

    /// <summary>A token property without a getter or a setter. {0}: the property; {1}: what is missing.</summary>
    TokenPropertyAccessor,

    /// <summary>A token property of a type that is no file. {0}: the property; {1}: the type.</summary>
    TokenPropertyType,

    /// <summary>Two properties with one token. {0}: the property; {1}: the token; {2}: the first property; {3}: the session.</summary>
    TokenDuplicate,
}
