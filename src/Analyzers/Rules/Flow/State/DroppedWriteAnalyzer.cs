using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds what a handler that is written by hand writes to its arguments where LUO does not read it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedWriteAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.DroppedWrite.CreateDescriptor(
        "LUO does not take '{0}' over from {1}: what is written here is dropped when it returns. Write it in {2}, where LUO does, or remove this.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypesByMetadataName(WellKnownTypeNames.ILiveUpdateFileHandler).FirstOrDefault() is { } handler)
                start.RegisterOperationBlockAction(block => Analyze(block, handler));
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context, INamedTypeSymbol handlerInterface)
    {
        if (context.OwningSymbol is not IMethodSymbol method
            || method.Parameters.FirstOrDefault() is not { RefKind: RefKind.Ref } args
            || !args.Type.HasMetadataName(WellKnownTypeNames.LiveUpdateFileOpArgs)
            || FindCallback(method, handlerInterface) is not { } callback)
            return;
        foreach (IBlockOperation body in context.OperationBlocks.OfType<IBlockOperation>())
        {
            var uses = body.Descendants().OfType<IParameterReferenceOperation>().Where(reference => reference.Refers(args)).ToImmutableArray();
            // Written for somebody else who gets the arguments from here.
            if (uses.Any(use => use.ParentUnwrapped() is not IPropertyReferenceOperation))
                continue;
            foreach (IParameterReferenceOperation use in uses)
            {
                if (use.Parent is IPropertyReferenceOperation { Parent: IAssignmentOperation assignment } property
                    && assignment.Target == property
                    && FindTaken(property.Property.Name) is { } taken
                    && !taken.Contains(callback)
                    && !IsReadLater(uses, property))
                    context.ReportDiagnostic(Diagnostic.Create(
                        Descriptor, assignment.Syntax.GetLocation(), property.Property.Name, callback, string.Join(" or ", taken)));
            }
        }
    }

    private static string? FindCallback(IMethodSymbol method, INamedTypeSymbol handlerInterface) =>
        method.ContainingType.AllInterfaces.Contains(handlerInterface, SymbolEqualityComparer.Default)
            ? handlerInterface.GetMembers().FirstOrDefault(member =>
                SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method))?.Name
            : null;

    private static string[]? FindTaken(string property) => property switch
    {
        "SerializedData" => ["Preserve", "Freeze"],
        "File" => ["Retrieve"],
        "PrivateData" => ["Preserve"],
        _ => null,
    };

    // As a variable of its own, until the callback returns.
    private static bool IsReadLater(ImmutableArray<IParameterReferenceOperation> uses, IPropertyReferenceOperation written) => uses.Any(use =>
        use.Parent is IPropertyReferenceOperation property
        && SymbolEqualityComparer.Default.Equals(property.Property, written.Property)
        && property.Syntax.SpanStart > written.Syntax.SpanStart
        && !(property.Parent is ISimpleAssignmentOperation assignment && assignment.Target == property));
}
