using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds a Preserve that lets LINQ, or a list, take one after the other: a loop that can't be seen, and whose earlier turns nobody takes back.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TakenOneByOneAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.LeakOnFailure.CreateDescriptor(
        "'{0}' calls {1} once for each element: when a later one fails, what was taken before stays taken, as LUO does not call Unpreserve after a failed Preserve. Take all in a 'using' PreservationScope.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        var reached = code.Reach(CallbackKind.Preserve);
        var given = reached.OfType<IArgumentOperation>().Where(argument => argument.Parent is IInvocationOperation call && IsPerElement(call.TargetMethod)).ToImmutableArray();
        // Who catches, disposes or is told how to take back may do so.
        if (given.IsEmpty || reached.Any(operation => operation is ITryOperation or IUsingOperation or IUsingDeclarationOperation || (operation is IInvocationOperation call && (call.MayRelease() || call.RegistersRollback()))))
            return;
        foreach (IArgumentOperation argument in given)
        {
            if (FindTaking(argument.Value) is { } taking)
                report(Diagnostic.Create(Descriptor, argument.Syntax.GetLocation(), ((IInvocationOperation)argument.Parent!).TargetMethod.Name, $"{taking.ContainingType.Name}.{taking.Name}"));
        }
    }

    private static IMethodSymbol? FindTaking(IOperation function) => (function.Unwrap() is IDelegateCreationOperation { Target: var target } ? target : function.Unwrap()) switch
    {
        IMethodReferenceOperation { Method: var method } when KhoCalls.PreservesMemory(method) => method,
        IAnonymousFunctionOperation { Body: var body } => body.OwnDescendants().OfType<IInvocationOperation>().FirstOrDefault(call => call.PreservesMemory())?.TargetMethod,
        _ => null,
    };

    // What calls its argument for each of many, in the order of them.
    private static bool IsPerElement(IMethodSymbol method) => method is
    { Name: "Select" or "SelectMany" or "Aggregate" or "ToDictionary", ContainingType: { Name: "Enumerable", ContainingNamespace.Name: "Linq" } }
        or { Name: "ForEach" or "ConvertAll", ContainingType: { Name: "List" or "Array", ContainingNamespace: { Name: "System" or "Generic" } } };
}
