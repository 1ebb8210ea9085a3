using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds states that name memory which is not there in the next kernel, and what Freeze drops out of them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnpreservedAddressAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor NotPreserved = Rules.LostField.CreateDescriptor(
        "'{0}' goes into the state, but Preserve preserves no memory: the next kernel uses those pages for something else, and finds nothing by that address (EINVAL). Preserve the folio with IKho.Preserve.");

    private static readonly DiagnosticDescriptor OfProcess = Rules.LostField.CreateDescriptor(
        "'{0}' goes into the state, but names something in this process: the next kernel has another one, and what it finds there is chance. Hand over what the thing holds, or a token of it.");

    private static readonly DiagnosticDescriptor Dropped = Rules.LostField.CreateDescriptor(
        "Freeze drops '{0}', which Preserve wrote: LUO hands over what Freeze leaves, and Unpreserve gets it as well when the reboot fails, so what it names is lost. Change only what has changed.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [NotPreserved, OfProcess, Dropped];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        var preserve = code.Reach(CallbackKind.Preserve);
        // Code that can't be seen may preserve it.
        bool preservesNothing = !preserve.Any(operation => operation is IInvocationOperation call
            && (call.PreservesMemory() || call.PreservesInScope() || call.TargetMethod.MethodKind == MethodKind.DelegateInvoke || IsElsewhere(call, code)))
            && !preserve.Any(operation => operation is IArgumentOperation { Parent: IObjectCreationOperation } argument && argument.PassesKho())
            && code.Handler.Flbs.IsEmpty;
        foreach (ISimpleAssignmentOperation assignment in preserve.OfType<ISimpleAssignmentOperation>().Where(each => IsOfState(each.Target, code)))
        {
            IOperation value = assignment.Value.Unwrap();
            if (preservesNothing && IsFolioAddress(value))
                report(Diagnostic.Create(NotPreserved, assignment.Syntax.GetLocation(), value.Syntax.ToString()));
            else if (IsOfThisProcess(value) || IsPointer(assignment.Value))
                report(Diagnostic.Create(OfProcess, assignment.Syntax.GetLocation(), value.Syntax.ToString()));
        }
        if (code.FindBody(CallbackKind.Freeze) is { } freeze)
            AnalyzeFreeze(code, freeze, preserve, report);
    }

    private static void AnalyzeFreeze(HandlerCode code, IBlockOperation freeze, ImmutableArray<IOperation> preserve, Action<Diagnostic> report)
    {
        var reached = code.Reach(freeze);
        // What is given up in Freeze need not be named any more.
        if (reached.Any(operation => operation is IInvocationOperation call && (call.MayRelease() || IsElsewhere(call, code))))
            return;
        var assignments = freeze.OwnDescendants().OfType<ISimpleAssignmentOperation>().ToImmutableArray();
        if (code.FindParameter(CallbackKind.Freeze, ParameterRole.SerializedData) is { } handle
            && preserve.Any(operation => operation is IInvocationOperation call && (call.PreservesMemory() || call.PreservesInScope()))
            && assignments.Where(each => each.Target.Refers(handle)).ToImmutableArray() is { Length: 1 } set
            && set[0] is { Value.ConstantValue: { HasValue: true, Value: 0UL } } only)
            report(Diagnostic.Create(Dropped, only.Syntax.GetLocation(), handle.Name));
        if (code.FindParameter(CallbackKind.Freeze, ParameterRole.State) is not { } state)
            return;
        // What names memory is lost with it; anything else may be meant to be as at the start.
        var written = preserve.OfType<ISimpleAssignmentOperation>().Where(each => IsMemory(each.Target.Type)).Select(each => Field(each.Target, code)).OfType<string>().Distinct().ToImmutableArray();
        var renewed = reached.OfType<ISimpleAssignmentOperation>().Where(each => !IsNothing(each.Value)).Select(each => Field(each.Target, code)).OfType<string>().ToImmutableArray();
        foreach (ISimpleAssignmentOperation assignment in assignments)
        {
            if (assignment.Target is IFieldReferenceOperation { Instance: { } instance } target && instance.Refers(state) && IsMemory(target.Type) && IsNothing(assignment.Value) && !renewed.Contains(target.Field.Name))
                report(Diagnostic.Create(Dropped, assignment.Syntax.GetLocation(), target.Field.Name));
            if (!assignment.Target.Refers(state)
                || assignment.Value.Unwrap() is not (IDefaultValueOperation or IObjectCreationOperation { Arguments.IsEmpty: true }))
                continue;
            if (written.FirstOrDefault(name => !renewed.Contains(name)) is { } dropped)
                report(Diagnostic.Create(Dropped, assignment.Syntax.GetLocation(), dropped));
        }
    }

    private static string? Field(IOperation target, HandlerCode code) =>
        target is IFieldReferenceOperation { Field: var field } && SymbolEqualityComparer.Default.Equals(field.ContainingType, code.Handler.StateType) ? field.Name : null;

    private static bool IsOfState(IOperation target, HandlerCode code) => Field(target, code) is not null
        || (code.Handler.StateType is null && target is IParameterReferenceOperation { Parameter: { Name: "serializedData", RefKind: RefKind.Out or RefKind.Ref } });

    private static bool IsMemory(ITypeSymbol? type) => type.IsOfRuntime() && type!.Name is "PhysicalAddress" or "KhoVmalloc" or "Pfn";

    private static bool IsNothing(IOperation value) => value.Unwrap() is IDefaultValueOperation or IPropertyReferenceOperation { Property: { Name: "Null", IsStatic: true } };

    // The address of a folio that is a member of something, as a whole or as its number.
    private static bool IsFolioAddress(IOperation value)
    {
        bool isAddress = false;
        while (value is IPropertyReferenceOperation { Property: { Name: "Address" or "Pfn" or "Value" }, Instance: { } instance } property && property.Property.ContainingType.IsOfRuntime())
        {
            isAddress |= property.Property is { Name: "Address" or "Pfn", ContainingType.Name: "Folio" };
            value = instance.Unwrap();
        }
        return isAddress;
    }

    private static bool IsOfThisProcess(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { Name: "ToIntPtr", ContainingType.Name: "GCHandle" } } => true,
        IInvocationOperation { TargetMethod: { Name: "AllocHGlobal" or "AllocCoTaskMem" or "GetFunctionPointerForDelegate", ContainingType.Name: "Marshal" } } => true,
        IInvocationOperation { TargetMethod: { Name: "GetHashCode", ContainingType.Name: "RuntimeHelpers" } } => true,
        IAddressOfOperation => true,
        // Its number. What is looked up by it, or read there, is something else.
        IInvocationOperation { TargetMethod.Name: "ToInt64" or "ToInt32" or "ToPointer", Instance: { } pointer } => IsOfThisProcess(pointer.Unwrap()),
        _ => false,
    };

    // What it points to is memory of this process.
    private static bool IsPointer(IOperation value) => value switch
    {
        IConversionOperation { ConstantValue.HasValue: false } conversion =>
            conversion.Operand.Type is IPointerTypeSymbol or IFunctionPointerTypeSymbol || IsPointer(conversion.Operand),
        IParenthesizedOperation parenthesized => IsPointer(parenthesized.Operand),
        _ => false,
    };

    private static bool IsElsewhere(IInvocationOperation call, HandlerCode code) =>
        code.FindBody(call.TargetMethod.OriginalDefinition) is null
        && call.TargetMethod.MethodKind != MethodKind.LocalFunction
        && !call.TargetMethod.ContainingType.IsOfRuntime()
        && call.TargetMethod.ContainingNamespace.ToString() is { } space
        && space != "System"
        && !space.StartsWith("System.", StringComparison.Ordinal);
}
