using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds Unpreserve and Finish that give up what some fields of the state name, one by one, and forget another.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ForgottenFieldAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor InUnpreserve = Rules.NothingReleased.CreateDescriptor(
        "Unpreserve of '{0}' gives up what '{1}' names, but not what '{2}' does, which Preserve takes with {3}: that stays preserved when the session is closed. Give it back here, too.");

    private static readonly DiagnosticDescriptor InFinish = Rules.NothingReleased.CreateDescriptor(
        "Finish of '{0}' gives up what '{1}' names, but not what '{2}' does, which Preserve takes with {3}: of a file that nobody retrieves it is lost to the next kernel for good. Free it here, too.");

    private static readonly DiagnosticDescriptor InFinishOfFlb = Rules.NothingReleased.CreateDescriptor(
        "Finish of '{0}' gives up what '{1}' names, but not what '{2}' does, which Preserve takes with {3}: once the last user of an FLB is finished, nobody can find that any more. Free it here, too.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [InUnpreserve, InFinish, InFinishOfFlb];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        if (code.Handler.StateType is not { } stateType || code.Handler.PrivateDataType is not null || code.Reach(CallbackKind.Freeze).Any(operation => operation is IInvocationOperation call && call.MayRelease()))
            return;
        var taken = FindTaken(code);
        if (taken.Count < 2)
            return;
        Check(CallbackKind.Unpreserve, InUnpreserve, call => call.IsOfKho() && call.TargetMethod.Name is "Unpreserve" or "UnpreserveFree");
        Check(CallbackKind.Finish, code.IsFlb ? InFinishOfFlb : InFinish, call => call.ConsumesInherited());

        void Check(CallbackKind kind, DiagnosticDescriptor descriptor, Func<IInvocationOperation, bool> givesUp)
        {
            var reached = code.Reach(kind);
            var released = reached.OfType<IInvocationOperation>().Where(givesUp).ToImmutableArray();
            var fields = released.SelectMany(call => FindFields(call, reached)).ToImmutableArray();
            if (fields.IsEmpty || fields.Contains(null) || reached.Any(operation => IsUnknown(operation, code)))
                return;
            // In an FLB, Retrieve was there before Finish.
            var mentioned = reached.Concat(code.IsFlb && kind == CallbackKind.Finish ? code.Reach(CallbackKind.Retrieve).Where(_ => GivesUpInRetrieve(code)) : [])
                .OfType<IFieldReferenceOperation>().Select(each => each.Field.Name).ToImmutableHashSet();
            // One memory may stand in two fields.
            var others = taken.Where(each => mentioned.Contains(each.Key)).Select(each => each.Value).ToImmutableArray();
            foreach (KeyValuePair<string, IInvocationOperation> each in taken.Where(each => !mentioned.Contains(each.Key) && !others.Contains(each.Value)))
            {
                report(Diagnostic.Create(
                    descriptor,
                    code.Handler.FindCallback(kind)!.Method.Locations[0],
                    code.Handler.Type.Name,
                    $"{stateType.Name}.{fields[0]}",
                    $"{stateType.Name}.{each.Key}",
                    $"{each.Value.TargetMethod.ContainingType.Name}.{each.Value.TargetMethod.Name}"));
                return;
            }
        }

        // By which fields of the state the memory is found that the call gives up; null among them is something else.
        IEnumerable<string?> FindFields(IInvocationOperation call, ImmutableArray<IOperation> reached) =>
            call.FindSource() is { TargetMethod.Name: "FindPreserved" or "FindInherited" or "TryFindInherited" } source ? FindNames(source.FindAddress(), reached) : [null];

        // A method of the handler gets it from who calls it.
        IEnumerable<string?> FindNames(IOperation? address, ImmutableArray<IOperation> reached) => address is IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol method } parameter }
            ? reached.OfType<IInvocationOperation>().Where(call => SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method))
                .Select(call => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal)?.Value)
                .Select(value => FindField(value?.Unwrap() is IObjectCreationOperation { Arguments.Length: 1 } made ? made.Arguments[0].Value : value))
            : [FindField(address)];

        string? FindField(IOperation? value) => value?.Unwrap() is IFieldReferenceOperation { Instance: IParameterReferenceOperation, Field: var field }
            && SymbolEqualityComparer.Default.Equals(field.ContainingType, stateType) ? field.Name : null;
    }

    private static bool GivesUpInRetrieve(HandlerCode code) => code.Reach(CallbackKind.Retrieve)
        .Any(operation => (operation is IInvocationOperation call && call.ConsumesInherited()) || AbandonedMemoryAnalyzer.PassesKho(operation, code));

    // The fields that Preserve fills with the place of what it has just taken, each once.
    private static Dictionary<string, IInvocationOperation> FindTaken(HandlerCode code)
    {
        var taken = new Dictionary<string, IInvocationOperation>();
        foreach (ISimpleAssignmentOperation assignment in code.Reach(CallbackKind.Preserve).OfType<ISimpleAssignmentOperation>())
        {
            if (assignment.Target is not IFieldReferenceOperation { Field: var field } || !SymbolEqualityComparer.Default.Equals(field.ContainingType, code.Handler.StateType))
                continue;
            if (FindTaking(assignment.Value) is { } call)
                taken[field.Name] = call;
        }
        return taken;
    }

    // "range.Address", "array.Descriptor", of a call or of the local that it was put into.
    private static IInvocationOperation? FindTaking(IOperation value)
    {
        if (value.Unwrap() is IPropertyReferenceOperation { Property.Name: "Value", Instance: { } number })
            value = number;
        if (value.Unwrap() is not IPropertyReferenceOperation { Property: { Name: "Address" or "Descriptor", ContainingType: var type }, Instance: { } instance } || !type.IsOfRuntime())
            return null;
        IOperation? thing = instance.FindVariable() is ILocalSymbol local ? instance.FindRoot().FindOnlyValue(local)?.Unwrap() : instance.Unwrap();
        return thing is IInvocationOperation call && (call.PreservesMemory() || call.PreservesInScope()) ? call : null;
    }

    // Whoever gets the state, the memory or Kexec Handover may give up anything; so may code that is not seen.
    private static bool IsUnknown(IOperation operation, HandlerCode code) => operation switch
    {
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke or MethodKind.LocalFunction } => true,
        IInvocationOperation call => !call.TargetMethod.ContainingType.IsOfRuntime() && code.FindBody(call.TargetMethod.OriginalDefinition) is null
            && call.TargetMethod.ContainingType is not { Name: "Console" or "Debug" or "Trace" },
        IObjectCreationOperation creation => !creation.Type.IsOfRuntime() && !creation.Arguments.IsEmpty,
        IAnonymousFunctionOperation or IMethodReferenceOperation or IThrowOperation or IDynamicInvocationOperation => true,
        IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Type, code.Handler.StateType)
            && operation.Parent is not (IFieldReferenceOperation or IArgumentOperation { Parent: IInvocationOperation }),
        _ => false,
    };
}
