using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds the object of an FLB that a callback of a handler keeps: generated code has a lease on it for as long as the callback runs.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedObjectKeptAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.Lease.CreateDescriptor(
        "The FLB's object '{0}' is kept here beyond {1}, but LUO holds it only until {1} returns, and may finish it with the last file: it is then used after its end. Keep a lease of GetIncoming or GetOutgoing, or what you need of it.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        foreach (BoundCallback callback in code.Handler.Callbacks)
        {
            if (code.FindParameter(callback.Kind, ParameterRole.FlbObject) is not { } shared || code.FindBody(callback.Kind) is not { } body)
                continue;
            foreach (IParameterReferenceOperation reference in body.Descendants().OfType<IParameterReferenceOperation>().Where(each => each.Refers(shared)))
            {
                if (reference.ParentUnwrapped() is ISimpleAssignmentOperation { Target: IMemberReferenceOperation target } assignment
                    && IsKept(target, code)
                    && !body.Descendants().OfType<ISimpleAssignmentOperation>().Any(other => other != assignment
                        && other.Target is IMemberReferenceOperation again && SymbolEqualityComparer.Default.Equals(again.Member, target.Member)))
                    report(Diagnostic.Create(Descriptor, assignment.Syntax.GetLocation(), shared.Name, callback.Kind));
            }
        }
    }

    // By the handler or the file; what else there is may end with the callback.
    private static bool IsKept(IMemberReferenceOperation target, HandlerCode code) =>
        (SymbolEqualityComparer.Default.Equals(target.Member.ContainingType, code.Handler.Type) || SymbolEqualityComparer.Default.Equals(target.Member.ContainingType, code.Handler.FileType))
        && (target.Member is IFieldSymbol || target.Member.ContainingType.GetMembers().Any(each => each is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, target.Member)));
}
