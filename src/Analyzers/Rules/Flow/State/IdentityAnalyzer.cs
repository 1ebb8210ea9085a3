using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds a GetId that gives the same for all files, or another at every call.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IdentityAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Same = Rules.WrongIdentity.CreateDescriptor(
        "GetId of '{0}' gives the same for every file: LUO takes all of them for one object, and refuses to preserve a second one (EBUSY). Return what names the object behind this file, or leave GetId out.");

    private static readonly DiagnosticDescriptor Changing = Rules.WrongIdentity.CreateDescriptor(
        "'{0}' is no identity: it can differ between two calls for one object, which is then preserved twice, or be the same for two. Return what names the object behind the file for as long as it is open, such as the number of an inode.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Same, Changing];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        if (code.FindBody(CallbackKind.GetId) is not { } body)
            return;
        foreach (IOperation operation in Sources(code, body, []))
        {
            if (IsChanging(operation))
                report(Diagnostic.Create(Changing, operation.Syntax.GetLocation(), operation.Syntax.ToString()));
        }
        var values = body.ReturnedValues().ToImmutableArray();
        if (!values.IsEmpty && values.All(value => value.ConstantValue.HasValue) && values.Select(value => value.ConstantValue.Value).Distinct().Count() == 1)
            report(Diagnostic.Create(Same, values[0].Syntax.GetLocation(), code.Handler.Type.Name));
    }

    // What the answer is made of. What is stored or given to somebody else on the way may be remembered for the file.
    private static IEnumerable<IOperation> Sources(HandlerCode code, IBlockOperation body, HashSet<IOperation> seen) => seen.Add(body)
        ? body.ReturnedValues().SelectMany(value => Sources(code, value, body, seen))
        : [];

    private static IEnumerable<IOperation> Sources(HandlerCode code, IOperation value, IBlockOperation body, HashSet<IOperation> seen)
    {
        // A table knows which file it was asked about before.
        if (body.Descendants().Any(operation => operation is IInvocationOperation { TargetMethod.Name: "TryGetValue" or "GetOrAdd" or "GetValue" or "ContainsKey" }))
            return [];
        return value switch
        {
            IAnonymousFunctionOperation or IAssignmentOperation => [],
            ILocalReferenceOperation { Local: var local } => body.Descendants().OfType<IVariableDeclaratorOperation>()
                .Where(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local) && declarator.Initializer is not null && seen.Add(declarator))
                .SelectMany(declarator => Sources(code, declarator.Initializer!.Value, body, seen)),
            IInvocationOperation call when code.FindBody(call.TargetMethod.OriginalDefinition) is { } called => Sources(code, called, seen),
            IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType: var type } } when type.ContainingNamespace?.ToString() != "System" && !IsChanging(value) => [],
            _ => value.ChildOperations.SelectMany(child => Sources(code, child, body, seen)).Prepend(value),
        };
    }

    private static bool IsChanging(IOperation operation) => operation switch
    {
        IIncrementOrDecrementOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation } => true,
        IInvocationOperation { TargetMethod: { Name: "Increment", ContainingType.Name: "Interlocked" } } => true,
        // Who writes one of his own knows what it is made of.
        IInvocationOperation { TargetMethod: { Name: "GetHashCode", ContainingType: var type } } call =>
            type.Name == "RuntimeHelpers" || (call.Instance?.Type?.IsReferenceType == true && !type.DeclaringSyntaxReferences.Any()),
        IInvocationOperation { TargetMethod: { Name: "NewGuid" or "Next" or "NextInt64" or "GetTimestamp", ContainingType.Name: "Guid" or "Random" or "Stopwatch" } } => true,
        _ => false,
    };
}
