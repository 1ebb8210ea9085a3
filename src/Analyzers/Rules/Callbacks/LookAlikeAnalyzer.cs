using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LuoHandlers.Analyzers;

/// <summary>LUO2012: methods that look like a callback that the class lacks, but are none, because callbacks are found by their exact names.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LookAlikeAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The property of the diagnostic with the callback's name.</summary>
    internal const string NameProperty = "Name";

    internal static readonly DiagnosticDescriptor Descriptor = Rules.LookAlike.CreateDescriptor(
        "'{0}' looks like {1}, but LUO's callbacks are found by their exact names: nobody calls it, and '{2}' has no {1}. Name it '{1}', or something else if it is a method of your own.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (!start.Compilation.GetTypesByMetadataName(WellKnownTypeNames.LiveUpdateFileHandlerAttribute).IsEmpty)
                start.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
        });
    }

    private static void AnalyzeType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.FindAttribute(WellKnownTypeNames.LiveUpdateFileHandlerAttribute) is not null)
        {
            // Their errors are another rule's.
            var errors = new BindingErrorList(type);
            var roles = new HandlerRoles(
                UsedFlbBinder.Bind(type, errors, context.CancellationToken), DependencyBinder.Bind(type, errors, context.CancellationToken));
            Analyze(context, type, CallbackDefinitions.All, roles);
        }
        else if (type.FindAttribute(WellKnownTypeNames.LiveUpdateFlbAttribute) is not null)
            Analyze(context, type, FlbCallbackDefinitions.All, new FlbRoles());
    }

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol type, ImmutableArray<CallbackDefinition> definitions, IParameterRoles roles)
    {
        var missing = definitions.Where(definition => CallbackFinder.Find(type, definition.Name).IsEmpty).ToImmutableArray();
        if (missing.IsEmpty)
            return;
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>())
        {
            if (method is not { MethodKind: MethodKind.Ordinary, IsOverride: false, IsAbstract: false, IsExtern: false }
                || definitions.Any(definition => definition.Name == method.Name)
                || missing.FirstOrDefault(definition => IsLike(method, definition, type, roles)) is not { } callback
                || IsUsed(method, type, context.CancellationToken)
                || ImplementsInterface(method, type))
            {
                continue;
            }
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptor, method.Locations[0], ImmutableDictionary<string, string?>.Empty.Add(NameProperty, callback.Name), method.Name, callback.Name, type.Name));
        }
    }

    // What has the letters of a callback is meant to be one; what only resembles it must also fit.
    private static bool IsLike(IMethodSymbol method, CallbackDefinition callback, INamedTypeSymbol type, IParameterRoles roles) => CallbackNames.Compare(method.Name, callback.Name) switch
    {
        NameLikeness.SameLetters => true,
        NameLikeness.Similar => Fits(method, callback, type, roles),
        _ => false,
    };

    // Any class could be private data, so that a parameter of one tells nothing.
    private static bool Fits(IMethodSymbol method, CallbackDefinition callback, INamedTypeSymbol type, IParameterRoles roles)
    {
        var errors = new BindingErrorList(type);
        BoundCallback bound = CallbackBinder.Bind(type, callback, method, roles, errors);
        return errors.ToImmutable().IsEmpty && bound.FindParameter(ParameterRole.PrivateData) is null;
    }

    // A method of the author's own has a caller, and that is most often in the same class.
    private static bool IsUsed(IMethodSymbol method, INamedTypeSymbol type, CancellationToken cancellationToken) => type.DeclaringSyntaxReferences
        .SelectMany(reference => reference.GetSyntax(cancellationToken).DescendantTokens())
        .Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == method.Name && token.Parent is not MethodDeclarationSyntax);

    private static bool ImplementsInterface(IMethodSymbol method, INamedTypeSymbol type) => type.AllInterfaces
        .SelectMany(each => each.GetMembers(method.Name))
        .Any(member => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), method));
}
