using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.CodeFixes;

/// <summary>A handler or FLB as a fix sees it: the callbacks that it has and lacks, and the types that they agree on.</summary>
internal sealed class CallbackTypes
{
    private CallbackTypes(ImmutableArray<BoundCallback> callbacks, ImmutableArray<CallbackDefinition> missing)
    {
        Callbacks = callbacks;
        Missing = missing;
    }

    public ImmutableArray<BoundCallback> Callbacks { get; }

    public ImmutableArray<CallbackDefinition> Missing { get; }

    /// <summary>The callbacks that are there or not, as the author likes, and are not.</summary>
    public ImmutableArray<CallbackDefinition> MissingOptional { get; private init; } = [];

    public ITypeSymbol? FileType { get; private init; }

    public ITypeSymbol? StateType { get; private init; }

    public bool UsesSerializedData { get; private init; }

    public ITypeSymbol? PrivateDataType { get; private init; }

    /// <summary>The class of an FLB's object; null in a handler.</summary>
    public ITypeSymbol? FlbObjectType { get; private init; }

    /// <summary>Binds a class by the attribute that it has.</summary>
    public static CallbackTypes Bind(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        if (type.FindAttribute(WellKnownTypeNames.LiveUpdateFlbAttribute) is not null)
        {
            FlbBinding binding = FlbBinder.Bind(type, cancellationToken);
            return new CallbackTypes(binding.Flb.Callbacks, FindMissing(type, binding.Errors))
            {
                StateType = binding.Flb.StateType,
                UsesSerializedData = binding.Flb.UsesSerializedData,
                FlbObjectType = binding.Flb.ObjectType ?? compilation.GetSpecialType(SpecialType.System_Object),
            };
        }
        HandlerBinding handler = HandlerBinder.Bind(type, cancellationToken);
        return new CallbackTypes(handler.Handler.Callbacks, FindMissing(type, handler.Errors))
        {
            MissingOptional = [.. CallbackDefinitions.All.Where(definition => !definition.IsRequired && CallbackFinder.Find(type, definition.Name).IsEmpty && IsFree(type, definition))],
            FileType = handler.Handler.FileType,
            StateType = handler.Handler.StateType,
            UsesSerializedData = handler.Handler.UsesSerializedData,
            PrivateDataType = handler.Handler.PrivateDataType,
        };
    }

    private static ImmutableArray<CallbackDefinition> FindMissing(INamedTypeSymbol type, ImmutableArray<BindingError> errors) =>
    [
        .. errors
            .Where(error => error.Kind is BindingErrorKind.CallbackMissing or BindingErrorKind.FlbCallbackMissing)
            .Select(error => error.Callback!)
            .Where(definition => IsFree(type, definition)),
    ];

    // A name that something else in the class has can't be a method's too.
    private static bool IsFree(INamedTypeSymbol type, CallbackDefinition definition) => type.Name != definition.Name && type.GetMembers(definition.Name).IsEmpty;
}
