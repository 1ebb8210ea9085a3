using System.Collections.Concurrent;
using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>LUO6007: FLBs that handlers use, but that nothing asks for in the next kernel.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FlbUseAnalyzer : DiagnosticAnalyzer
{
    internal static readonly DiagnosticDescriptor Descriptor = Rules.FlbNeverAsked.CreateDescriptor(
        "Nothing asks for the incoming '{0}': LUO counts its files only once it was asked for, so after a live update the FLB is never finished. Take '{1}' in Retrieve of '{2}', or call '{0}.GetIncoming' before the first session is finished.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypesByMetadataName(WellKnownTypeNames.UsesFlbAttribute).IsEmpty)
                return;
            var handlers = new ConcurrentBag<BoundHandler>();
            var asked = new ConcurrentDictionary<ITypeSymbol, bool>(SymbolEqualityComparer.Default);
            start.RegisterSymbolAction(symbol => AddHandler(symbol, handlers), SymbolKind.NamedType);
            start.RegisterOperationAction(operation => AddCall((IInvocationOperation)operation.Operation, asked), OperationKind.Invocation);
            start.RegisterOperationAction(operation => AddDelegate((IMethodReferenceOperation)operation.Operation, asked), OperationKind.MethodReference);
            start.RegisterCompilationEndAction(end => Report(end, handlers, asked));
        });
    }

    private static void AddHandler(SymbolAnalysisContext context, ConcurrentBag<BoundHandler> handlers)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.FindAttribute(WellKnownTypeNames.LiveUpdateFileHandlerAttribute) is not null
            && context.Compilation.BindHandler(type, context.CancellationToken) is { IsValid: true, Handler: { Flbs.IsEmpty: false } handler })
        {
            handlers.Add(handler);
        }
    }

    // The generated method of the FLB, or the kernel's, to which the FLB is given.
    private static void AddCall(IInvocationOperation call, ConcurrentDictionary<ITypeSymbol, bool> asked)
    {
        if (call.TargetMethod is { Name: "GetIncoming", ContainingType: { } flb })
            asked[flb] = true;
        else if (call.TargetMethod.Name == "GetIncomingFlb" && call.TargetMethod.ContainingType.IsOfRuntime() && call.Arguments.FirstOrDefault()?.Value.Unwrap().Type is { } given)
            asked[given] = true;
    }

    // Made to be called.
    private static void AddDelegate(IMethodReferenceOperation reference, ConcurrentDictionary<ITypeSymbol, bool> asked)
    {
        if (reference.Method is { Name: "GetIncoming", ContainingType: { } flb })
            asked[flb] = true;
    }

    private static void Report(CompilationAnalysisContext context, ConcurrentBag<BoundHandler> handlers, ConcurrentDictionary<ITypeSymbol, bool> asked)
    {
        // A variable of the interface may hold any FLB.
        if (asked.Keys.Any(type => type.TypeKind == TypeKind.Interface))
            return;
        foreach (BoundHandler handler in handlers.Where(handler => handler.FindCallback(CallbackKind.Retrieve) is { } retrieve))
        {
            foreach (BoundParameter parameter in handler.FindCallback(CallbackKind.Retrieve)!.Parameters)
            {
                if (parameter.Flb is { } flb)
                    asked[flb.Type] = true;
            }
        }
        foreach (BoundHandler handler in handlers.OrderBy(handler => handler.Type.ToDisplayString(), StringComparer.Ordinal))
        {
            foreach (UsedFlb flb in handler.Flbs)
            {
                if (flb.ObjectType is not null && IsAllThatUsesIt(context.Compilation, flb.Type) && asked.TryAdd(flb.Type, true))
                    context.ReportDiagnostic(Diagnostic.Create(Descriptor, FindLocation(handler, flb, context.CancellationToken), flb.Type.Name, Display.Type(flb.ObjectType), handler.Type.Name));
            }
        }
    }

    // Whoever references a library may ask for its public FLBs.
    private static bool IsAllThatUsesIt(Compilation compilation, INamedTypeSymbol flb) =>
        SymbolEqualityComparer.Default.Equals(flb.ContainingAssembly, compilation.Assembly)
        && (compilation.Options.OutputKind != OutputKind.DynamicallyLinkedLibrary || !IsPublic(flb));

    private static bool IsPublic(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? each = type; each is not null; each = each.ContainingType)
        {
            if (each.DeclaredAccessibility is Accessibility.Internal or Accessibility.Private or Accessibility.ProtectedAndInternal)
                return false;
        }
        return true;
    }

    private static Location FindLocation(BoundHandler handler, UsedFlb flb, CancellationToken cancellationToken) =>
        handler.Type.GetAttributes()
            .First(attribute => attribute.AttributeClass.HasMetadataName(WellKnownTypeNames.UsesFlbAttribute)
                && SymbolEqualityComparer.Default.Equals(attribute.AttributeClass!.TypeArguments[0], flb.Type))
            .ApplicationSyntaxReference!.GetSyntax(cancellationToken).GetLocation();
}
