using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds addresses that are made of the number in a page number, and the other way round.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PageNumberAnalyzer : DiagnosticAnalyzer
{
    internal static readonly DiagnosticDescriptor Descriptor = Rules.WrongUnit.CreateDescriptor(
        "{0} is made of '{1}', which is {2}: it names other memory, 4096 times as far up or down, and Kexec Handover refuses that (EINVAL) or gives what belongs to somebody else. Use {3}.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (!start.Compilation.GetTypesByMetadataName(WellKnownTypeNames.Errno).IsEmpty)
                start.RegisterOperationAction(Analyze, OperationKind.ObjectCreation);
        });
    }

    /// <summary>Whether the number is one that was taken out of a page number; null if it is neither that nor out of an address.</summary>
    internal static bool? IsOfPage(IOperation number) => number.Unwrap() is IPropertyReferenceOperation { Property.Name: "Value", Instance.Type: { } type } && type.IsOfRuntime()
        ? type.Name switch
        {
            "Pfn" => true,
            "PhysicalAddress" => false,
            _ => null,
        }
        : null;

    /// <summary>Whether what is made here is a page number; null if it is neither that nor an address.</summary>
    internal static bool? MakesPage(IObjectCreationOperation creation) => creation.Arguments.Length == 1 && creation.Type.IsOfRuntime()
        ? creation.Type!.Name switch
        {
            "Pfn" => true,
            "PhysicalAddress" => false,
            _ => null,
        }
        : null;

    internal static Diagnostic Create(IObjectCreationOperation creation, bool isOfPage) => Diagnostic.Create(
        Descriptor,
        creation.Syntax.GetLocation(),
        isOfPage ? "An address" : "A page number",
        creation.Arguments[0].Syntax.ToString(),
        isOfPage ? "a page number" : "an address",
        isOfPage ? "the Address of the Pfn" : "the Pfn of the PhysicalAddress");

    private static void Analyze(OperationAnalysisContext context)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (MakesPage(creation) is { } makesPage && IsOfPage(creation.Arguments[0].Value) is { } isOfPage && makesPage != isOfPage)
            context.ReportDiagnostic(Create(creation, isOfPage));
    }
}
