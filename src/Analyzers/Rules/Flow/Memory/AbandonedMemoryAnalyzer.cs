using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds inherited memory that Retrieve or Finish finds and reads, and that nobody gives up although nobody can find it later.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AbandonedMemoryAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.LeakOnFailure.CreateDescriptor(
        "What {0} finds here is only read, and nobody gives it up: LUO passes what names it to no callback after {1}, so that memory is lost to this kernel for good. Call {2} once it is read.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        var reported = new HashSet<SyntaxNode>();
        // An FLB's memory is read until Finish; what is behind a raw handle may be given up there as well.
        if (!code.IsFlb && (code.Handler.StateType is not null || FinishOutcome.LooksOnlyWhenNotTried(code)))
            Check(CallbackKind.Retrieve);
        Check(CallbackKind.Finish);

        void Check(CallbackKind kind)
        {
            var reached = code.Reach(kind);
            // Who gets Kexec Handover may find it again.
            if (reached.Any(operation => PassesKho(operation, code)))
                return;
            var consumed = reached.OfType<IInvocationOperation>().Where(call => call.ConsumesInherited()).ToImmutableArray();
            foreach (IInvocationOperation call in reached.OfType<IInvocationOperation>().Where(call => call.FindsInherited()))
            {
                if (!IsOnlyRead(call, code) || consumed.Any(other => MayName(other, call)) || !reported.Add(call.Syntax))
                    continue;
                report(Diagnostic.Create(
                    Descriptor,
                    call.Syntax.GetLocation(),
                    $"{call.TargetMethod.ContainingType.Name}.FindInherited",
                    kind,
                    call.IsOfArray() ? "RestoreFree of the array" : "IKho.RestoreFree"));
            }
        }
    }

    // The same thing may be found a second time, in order to give it up: by another name too, unless both are known and differ.
    private static bool MayName(IInvocationOperation consuming, IInvocationOperation finding)
    {
        if (consuming.FindSource() is not { } source || source.IsOfArray() != finding.IsOfArray() || source.FindAddress() is not { } again || finding.FindAddress() is not { } first)
            return false;
        return again.Syntax.ToString() == first.Syntax.ToString() || (IsNamed(again) && !(IsOfState(again) && IsOfState(first)));
    }

    private static bool IsOfState(IOperation address) => address is IFieldReferenceOperation { Instance: IParameterReferenceOperation };

    // By what the callback or the method is given. What stands in memory, or is the next of several, is something else.
    private static bool IsNamed(IOperation address) => address.Unwrap() switch
    {
        IParameterReferenceOperation or IFieldReferenceOperation { Instance: IParameterReferenceOperation } or IPropertyReferenceOperation { Property.Name: "Address" } => true,
        IObjectCreationOperation { Arguments.Length: 1 } made => IsNamed(made.Arguments[0].Value),
        ILocalReferenceOperation { Local: var local } => address.FindRoot().FindInitialValue(local) is { } value && IsNamed(value),
        _ => false,
    };

    /// <summary>Whether somebody gets Kexec Handover here who can't be seen.</summary>
    internal static bool PassesKho(IOperation operation, HandlerCode code) => operation switch
    {
        IArgumentOperation { Parent: IInvocationOperation call } argument => code.FindBody(call.TargetMethod.OriginalDefinition) is null
            && call.TargetMethod.MethodKind != MethodKind.LocalFunction
            && !call.TargetMethod.ContainingType.IsOfRuntime()
            && argument.PassesKho(),
        IArgumentOperation { Parent: IObjectCreationOperation { Type: var type } } argument => !type.IsOfRuntime() && argument.PassesKho(),
        _ => false,
    };

    /// <summary>Whether what the call finds is never given up, nor passed to anybody who might.</summary>
    internal static bool IsOnlyRead(IInvocationOperation call, HandlerCode code)
    {
        if (IsRead(call, code, []))
            return true;
        if (call.FindDeclarator() is not { Symbol: var local })
            return false;
        return call.FindRoot().FindReferences(local).ToImmutableArray() is { IsEmpty: false } references && references.All(each => IsRead(each, code, []));
    }

    private static bool IsRead(IOperation use, HandlerCode code, ImmutableArray<IMethodSymbol> callers) => use.ParentUnwrapped() switch
    {
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "GetSpan" } reading } when reading.TargetMethod.ContainingType.IsOfRuntime() => true,
        IArgumentOperation { Parameter: { } parameter, Parent: IInvocationOperation call } => IsReadBy(call.TargetMethod.OriginalDefinition, parameter.Ordinal, code, callers),
        IInvocationOperation { TargetMethod.Name: "ToArray" or "ToString" } call => call.Instance?.Unwrap() == use,
        IPropertyReferenceOperation { Property.Name: "Address" or "Descriptor" } property when IsPassed(property) => false,
        IPropertyReferenceOperation { Property: { Name: "Address" or "ByteCount" or "Count" or "Descriptor" or "this[]" } } property =>
            !(property.Parent is IAssignmentOperation assignment && assignment.Target == property),
        _ => false,
    };

    // A method of the handler that only reads it, too, takes nothing over.
    private static bool IsReadBy(IMethodSymbol method, int ordinal, HandlerCode code, ImmutableArray<IMethodSymbol> callers) =>
        !callers.Contains(method, SymbolEqualityComparer.Default)
        && code.FindBody(method) is { } body
        && method.Parameters[ordinal] is { RefKind: not (RefKind.Ref or RefKind.Out) } parameter
        && code.FindOperations(body).Where(each => each is IParameterReferenceOperation && each.Refers(parameter)).ToImmutableArray() is { IsEmpty: false } references
        && references.All(each => IsRead(each, code, callers.Add(method)));

    // Who gets the address may give up what is there.
    private static bool IsPassed(IPropertyReferenceOperation address)
    {
        IOperation? use = address.ParentUnwrapped();
        while (use is IPropertyReferenceOperation)
            use = use.ParentUnwrapped();
        return use is IArgumentOperation or IVariableInitializerOperation or ISimpleAssignmentOperation;
    }
}
