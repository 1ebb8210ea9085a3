using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers;

/// <summary>
/// How each rejection by the binder is reported. The placeholders of a message are the arguments that <see cref="BindingErrorKind"/> lists.
/// </summary>
internal static class BindingErrorDescriptors
{
    private static readonly ImmutableDictionary<BindingErrorKind, DiagnosticDescriptor> ByKind =
        new Dictionary<BindingErrorKind, DiagnosticDescriptor>
        {
            [BindingErrorKind.NotPartial] = Rules.NotPartial.CreateDescriptor(
                "'{0}' is not partial, so the generator can't add what LUO calls to '{1}', and it is never registered. Make '{0}' partial."),

            [BindingErrorKind.NotClass] = Rules.NotRegistrable.CreateDescriptor(
                "'{0}' is not a class, so there is no object that LUO could keep and call. Make it a class."),
            [BindingErrorKind.IsAbstract] = Rules.NotRegistrable.CreateDescriptor(
                "'{0}' is abstract, so there is no object of it that LUO could call. Put the attribute on a class derived from it, or remove 'abstract'."),
            [BindingErrorKind.IsStatic] = Rules.NotRegistrable.CreateDescriptor(
                "'{0}' is static, so there is no object of it that LUO could call. Remove 'static' from the class; the callbacks may stay static."),
            [BindingErrorKind.IsGeneric] = Rules.NotRegistrable.CreateDescriptor(
                "'{0}' is generic, so '{1}' stands for many types, but LUO registers a compatible string once. Remove the type parameters of '{0}'."),
            [BindingErrorKind.IsFileLocal] = Rules.NotRegistrable.CreateDescriptor(
                "'{0}' is file-local, so no generated file can complete '{1}', and LUO never learns of it. Remove 'file'."),
            [BindingErrorKind.NotAccessible] = Rules.NotRegistrable.CreateDescriptor(
                "'{0}' is private or protected, so the assembly's registration can't reach '{1}', and LUO never learns of it. Make '{0}' internal or public."),

            [BindingErrorKind.CompatibleNull] = Rules.InvalidCompatible.CreateDescriptor(
                "The compatible string of '{0}' is null, but it is all by which the next kernel finds it. Name what it preserves, with a version, such as \"memfd-v2\"."),
            [BindingErrorKind.CompatibleEmpty] = Rules.InvalidCompatible.CreateDescriptor(
                "The compatible string of '{0}' is empty, but it is all by which the next kernel finds it. Name what it preserves, with a version, such as \"memfd-v2\"."),
            [BindingErrorKind.CompatibleTooLong] = Rules.InvalidCompatible.CreateDescriptor(
                "\"{0}\" takes {1} bytes, but LUO stores at most {2}: cut off, the next kernel finds nothing for it: what was preserved is lost, and for a file the whole restore fails. Shorten it to {2} bytes."),
            [BindingErrorKind.CompatibleNotText] = Rules.InvalidCompatible.CreateDescriptor(
                "The compatible string of '{0}' has a NUL or half a character at position {1}, where LUO's comparison in the next kernel would stop or differ. Remove it."),

            [BindingErrorKind.ImplementedByHand] = Rules.ImplementedByHand.CreateDescriptor(
                "'{0}' implements '{1}' itself, and so does the generator. Write the callback as a plain method, or remove the attribute and pass an object to Kernel.RegisterFileHandler."),

            [BindingErrorKind.CallbackMissing] = Rules.MissingCallback.CreateDescriptor(
                "'{0}' has no {1}, and LUO refuses to register a handler without {2} (EINVAL), so none of its files could be preserved. Write {1}."),

            [BindingErrorKind.ParameterType] = Rules.UnboundParameter.CreateDescriptor(
                "'{0}' of {2} is '{1}', and LUO has nothing of that type to pass. Remove it; {2} may take: {3}."),
            [BindingErrorKind.ParameterCancellationToken] = Rules.UnboundParameter.CreateDescriptor(
                "'{0}' of {1} would never be cancelled: LUO lets a callback end or fail, and has no way to stop it. Remove it."),
            [BindingErrorKind.ParameterNotNamedSerializedData] = Rules.UnboundParameter.CreateDescriptor(
                "'{0}' of {1} is a number that LUO does not have; the one u64 that it stores for a file is 'ulong serializedData'. Rename it if that is meant, or remove it."),
            [BindingErrorKind.ParameterStructNotPreservedState] = Rules.UnboundParameter.CreateDescriptor(
                "'{0}' of {2} is the struct '{1}', which is not marked as bytes to hand over, so LUO has nothing to pass. Mark it [PreservedState], or remove '{0}'."),
            [BindingErrorKind.ParameterNotOffered] = Rules.UnboundParameter.CreateDescriptor(
                "'{0}' of {2} is '{1}', {3}, which LUO does not have at that point. Remove it; {2} may take: {4}."),

            [BindingErrorKind.CallbackOverloaded] = Rules.OverloadedCallback.CreateDescriptor(
                "'{0}' has more than one {1}, and LUO calls only one. Rename the others."),

            [BindingErrorKind.CallbackReturnType] = Rules.InvalidReturn.CreateDescriptor(
                "{1} of '{0}' returns '{2}', which LUO has no use for there. Return {3}."),
            [BindingErrorKind.FlbObjectDynamic] = Rules.InvalidReturn.CreateDescriptor(
                "{1} of '{0}' returns '{2}', and C# lets no class implement an interface with 'dynamic' in it, so the generator could write nothing for '{0}'. Write 'object' for 'dynamic'."),
            [BindingErrorKind.RetrieveWithoutFile] = Rules.InvalidReturn.CreateDescriptor(
                "Retrieve of '{0}' returns an Errno but no file, so LUO would have nothing to install in the new process. Return the file, or add it as an 'out' parameter."),
            [BindingErrorKind.RetrieveFileTwice] = Rules.InvalidReturn.CreateDescriptor(
                "Retrieve of '{1}' gives two files, its return value and '{0}', and LUO installs one. Return the file alone, or an Errno and the file in '{0}'."),

            [BindingErrorKind.ParameterTypeDiffers] = Rules.TypesDiffer.CreateDescriptor(
                "{2} has '{1}' ({0}) where {4} has '{3}' for {5}: what one of them leaves would be taken for something else by the other. Use one type in both."),

            [BindingErrorKind.ParameterRefKind] = Rules.WrongPassing.CreateDescriptor(
                "'{0}' of {1} is passed {2}, so the value would not flow as LUO hands it on. Allowed here: {3}."),

            [BindingErrorKind.ParameterDuplicate] = Rules.DuplicateParameter.CreateDescriptor(
                "'{1}' and '{0}' of {2} are both {3}, which LUO passes once. Remove one of them."),

            [BindingErrorKind.CallbackGeneric] = Rules.GenericOrAsyncCallback.CreateDescriptor(
                "{1} of '{0}' is generic, and LUO has no type arguments to call it with. Remove its type parameters."),
            [BindingErrorKind.CallbackAsync] = Rules.GenericOrAsyncCallback.CreateDescriptor(
                "{1} of '{0}' is async, but LUO takes its return for the end of the work and goes on, even into the reboot. Do the work before returning."),

            [BindingErrorKind.FileNotNullable] = Rules.FileNotNullable.CreateDescriptor(
                "'{0}' of {2} is null when the file was never retrieved or its retrieve failed, and LUO calls {2} all the same. Make it '{1}?' and check it."),

            [BindingErrorKind.NotPreserved] = Rules.NeverPreserved.CreateDescriptor(
                "'{0}' of {2} reads {3}, but Preserve never writes it, so LUO has none to pass. Add 'out {1} {0}' to Preserve, or remove it from {2}."),

            [BindingErrorKind.StateWithSerializedData] = Rules.StateAndHandle.CreateDescriptor(
                "'{1}' of {2} is the raw handle, but '{0}' has the state '{3}' as well, and LUO stores one u64 per file. Remove one of the two."),

            [BindingErrorKind.StateNotUnmanaged] = Rules.StateNotUnmanaged.CreateDescriptor(
                "'{0}' has references in it, but {1} works on bytes: after the kexec the objects are gone. Use only fields of fixed-width value types."),

            [BindingErrorKind.UpgradeWithoutState] = Rules.InvalidUpgrade.CreateDescriptor(
                "'{0}' has no state that {1} could make of an old one: only a [PreservedState] struct can be upgraded. Remove {1}, or let Preserve write a state."),
            [BindingErrorKind.UpgradeWithoutOldState] = Rules.InvalidUpgrade.CreateDescriptor(
                "{0} takes no old state, so nothing of what \"{1}\" preserved could be read. Take the [PreservedState] struct that it had, as 'in'."),
            [BindingErrorKind.UpgradeParameter] = Rules.InvalidUpgrade.CreateDescriptor(
                "'{0}' of {2} is '{1}', which generated code can't pass to an upgrade that way. It may take one old state ('in'), IKho and, if it returns an Errno, the new state ('out')."),
            [BindingErrorKind.UpgradeReturn] = Rules.InvalidUpgrade.CreateDescriptor(
                "{0} returns '{1}', but Retrieve and Finish read '{2}', which they would get from it. Return '{2}', or an Errno and '{2}' in an 'out' parameter."),
            [BindingErrorKind.UpgradeFromItself] = Rules.AmbiguousUpgrade.CreateDescriptor(
                "\"{0}\" is the string of '{1}' itself, whose files need no upgrade, and LUO refuses to register it twice (EEXIST). Name the older string, or give '{1}' a new one."),
            [BindingErrorKind.UpgradeRepeated] = Rules.AmbiguousUpgrade.CreateDescriptor(
                "\"{0}\" is what both {1} and {2} upgrade from, but LUO registers a string once (EEXIST). Remove one of them."),
            [BindingErrorKind.UpgradeNotMethod] = Rules.MisplacedUpgrade.CreateDescriptor(
                "[RetrievesFrom] of '{0}' is on what is no ordinary method, so generated code does not call it, and files of that version are lost. Write a method."),
            [BindingErrorKind.UpgradeOfFlb] = Rules.MisplacedUpgrade.CreateDescriptor(
                "{1} is in the FLB '{0}', and LUO preserves every FLB that is linked: none can be there for reading alone. Keep reading the old layout in Retrieve of an FLB with the old string."),

            [BindingErrorKind.DependencyNotFile] = Rules.InvalidDependency.CreateDescriptor(
                "'{0}' is no file, so no file of '{1}' can find one by a token of its session. Name a class derived from LuoFile, or use [UsesFlb] for what is no file."),
            [BindingErrorKind.DependencyRepeated] = Rules.InvalidDependency.CreateDescriptor(
                "'{1}' depends on '{0}' twice, but once stands for any number of files. Remove one."),
            [BindingErrorKind.DependencyNotTaken] = Rules.InvalidDependency.CreateDescriptor(
                "'{1}' depends on a '{0}', but its Preserve asks for no token, so nobody finds out that the '{0}' is missing before it is too late. Take an OutgoingDependency<{0}>, and hand its token over."),
            [BindingErrorKind.DependencyNotDeclared] = Rules.InvalidDependency.CreateDescriptor(
                "'{0}' of {2} looks for a '{1}', but '{3}' does not say that its files depend on one. Add [DependsOn<{1}>], or remove '{0}'."),

            [BindingErrorKind.FlbCallbackMissing] = Rules.MissingFlbCallback.CreateDescriptor(
                "'{0}' has no {1}, and LUO refuses to link an FLB without {2} (EINVAL), so no handler that uses it could be registered. Write {1}."),
            [BindingErrorKind.UsedTypeNotFlb] = Rules.UsedTypeNotFlb.CreateDescriptor(
                "'{0}' is no FLB, so there is nothing that LUO could preserve before the files of '{1}'. Mark it [LiveUpdateFlb], or remove this."),
            [BindingErrorKind.FlbUsedTwice] = Rules.FlbUsedTwice.CreateDescriptor(
                "'{1}' uses '{0}' twice, but LUO links an FLB to a handler once, and refuses the second time (EEXIST). Remove one."),
            [BindingErrorKind.FlbNotConstructible] = Rules.FlbNotConstructible.CreateDescriptor(
                "'{0}' has no public constructor without parameters, so a kernel can't make the one FLB of it that its handlers share. Add one, or remove the parameters."),
            [BindingErrorKind.ParameterFlbAmbiguous] = Rules.UnboundParameter.CreateDescriptor(
                "'{0}' of {2} is '{1}', the object of both '{3}' and '{4}', and nothing tells which one is meant. Give each FLB an object class of its own."),

            [BindingErrorKind.TokenPropertyNotPartial] = Rules.InvalidTokenProperty.CreateDescriptor(
                "'{0}' has a token but is not a partial property that the generator can implement, so '{1}' would neither preserve nor retrieve it. Declare it 'partial', with 'get; set;' and no body."),
            [BindingErrorKind.TokenPropertyStatic] = Rules.InvalidTokenProperty.CreateDescriptor(
                "'{0}' is static, but a token names a file of one session. Remove 'static'."),
            [BindingErrorKind.TokenPropertyAccessor] = Rules.InvalidTokenProperty.CreateDescriptor(
                "'{0}' has no {1}: its file is set before the reboot and read after it. Declare both 'get' and 'set'."),
            [BindingErrorKind.TokenPropertyType] = Rules.InvalidTokenProperty.CreateDescriptor(
                "'{0}' is '{1}', which is no file, and LUO preserves nothing but files under a token. Use a class derived from LuoFile, or remove [Token]."),
            [BindingErrorKind.TokenDuplicate] = Rules.TokenUsedTwice.CreateDescriptor(
                "'{0}' has token {1}, and so has '{2}': LUO refuses the second file of '{3}' (EEXIST), and the whole session is taken back. Give '{0}' a token of its own."),
            [BindingErrorKind.SessionNotConstructible] = Rules.InvalidSessionClass.CreateDescriptor(
                "'{0}' has no constructor without parameters that the generated Retrieve could call in the next kernel. Add one, or remove 'required' from its members."),
            [BindingErrorKind.SessionDerivesFromSession] = Rules.InvalidSessionClass.CreateDescriptor(
                "'{0}' derives from the typed session '{1}', so that the tokens of one session would stand in two classes. Put all of them in one class."),
            [BindingErrorKind.SessionMemberTaken] = Rules.InvalidSessionClass.CreateDescriptor(
                "'{0}' has a member '{1}' of its own, and the generator writes one of that name. Rename it."),
            [BindingErrorKind.SessionMemberHidden] = Rules.InvalidSessionClass.CreateDescriptor(
                "'{0}' inherits '{1}' from '{2}', and the generator writes a member of that name, which would hide it. Rename it in '{2}', or don't derive from '{2}'."),
        }.ToImmutableDictionary();

    /// <summary>Every descriptor, in the order of ids.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        ByKind.OrderBy(pair => pair.Value.Id, StringComparer.Ordinal).ThenBy(pair => pair.Key).Select(pair => pair.Value).ToImmutableArray();

    /// <summary>How a rejection is reported; null for what the compiler reports itself.</summary>
    public static DiagnosticDescriptor? Find(BindingErrorKind kind) =>
        ByKind.TryGetValue(kind, out DiagnosticDescriptor? descriptor) ? descriptor : null;
}
