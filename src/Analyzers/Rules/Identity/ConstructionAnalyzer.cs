using System.Collections.Concurrent;
using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>
/// LUO1011: handlers of which there can never be an object. Reflection could still make one, and so could another generator's part of the
/// class; so the generator completes the handler all the same, and this looks at generated code too.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConstructionAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.NotConstructible.CreateDescriptor(
        "No code outside '{0}' can call a constructor of it, and none in it does, so there is never an object that could be registered, and LUO preserves none of its files (ENOENT). Make a constructor internal or public.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.GetTypesByMetadataName(WellKnownTypeNames.LiveUpdateFileHandlerAttribute).IsEmpty)
                return;
            var constructed = new ConcurrentDictionary<INamedTypeSymbol, bool>(SymbolEqualityComparer.Default);
            start.RegisterSymbolStartAction(symbol => StartType(symbol, constructed), SymbolKind.NamedType);
        });
    }

    // A type that is nested in a handler can call its private constructors. It ends before the handler does.
    private static void StartType(SymbolStartAnalysisContext context, ConcurrentDictionary<INamedTypeSymbol, bool> constructed)
    {
        for (var type = (INamedTypeSymbol)context.Symbol; type is not null; type = type.ContainingType)
        {
            if (type.FindAttribute(WellKnownTypeNames.LiveUpdateFileHandlerAttribute) is null)
                continue;
            var constructors = FindHiddenConstructors(type);
            if (constructors.IsEmpty)
                continue;
            INamedTypeSymbol handler = type;
            context.RegisterOperationAction(
                operation =>
                {
                    if (MayConstruct(operation.Operation, handler))
                        constructed[handler] = true;
                },
                OperationKind.ObjectCreation,
                OperationKind.TypeOf,
                OperationKind.Invocation,
                OperationKind.Invalid);
            if (!SymbolEqualityComparer.Default.Equals(handler, context.Symbol))
                continue;
            context.RegisterSymbolEndAction(end =>
            {
                if (!constructed.ContainsKey(handler))
                    Report(end, handler, constructors);
            });
        }
    }

    /// <summary>The constructors of a handler that only code in it can call; none if there is another way to an object.</summary>
    private static ImmutableArray<IMethodSymbol> FindHiddenConstructors(INamedTypeSymbol handler)
    {
        if (handler is not { TypeKind: TypeKind.Class, IsAbstract: false, IsStatic: false } || HasDerivedClass(handler, handler))
            return [];
        // What takes another object of the class, as the copy constructor of a record does, makes no first one.
        var constructors = handler.InstanceConstructors
            .Where(constructor => constructor.Parameters.Length != 1 || !SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, handler))
            .ToImmutableArray();
        return constructors.Any(constructor => CanBeCalledFromOutside(constructor, handler)) ? [] : constructors;
    }

    private static void Report(SymbolAnalysisContext context, INamedTypeSymbol handler, ImmutableArray<IMethodSymbol> constructors)
    {
        ISymbol place = constructors.FirstOrDefault(constructor => CanBeMadeVisible(constructor, context.Compilation)) ?? (ISymbol)handler;
        if (place.Locations.FirstOrDefault(location => location.IsInSource) is { } location)
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, location, handler.Name));
    }

    // A protected constructor is for classes that derive from the handler, maybe in another assembly.
    private static bool CanBeCalledFromOutside(IMethodSymbol constructor, INamedTypeSymbol handler) =>
        TypeBinder.IsAccessibleInAssembly(constructor.DeclaredAccessibility)
        || (!handler.IsSealed && constructor.DeclaredAccessibility is Accessibility.Protected or Accessibility.ProtectedAndInternal);

    // A class in the handler can derive from it with a private constructor, and its objects are handlers too.
    private static bool HasDerivedClass(INamedTypeSymbol type, INamedTypeSymbol handler) =>
        type.GetTypeMembers().Any(nested => SymbolEqualityComparer.Default.Equals(nested.BaseType, handler) || HasDerivedClass(nested, handler));

    private static bool MayConstruct(IOperation operation, INamedTypeSymbol handler) => operation switch
    {
        IObjectCreationOperation creation => SymbolEqualityComparer.Default.Equals(creation.Type, handler),
        // By reflection.
        ITypeOfOperation typeOf => SymbolEqualityComparer.Default.Equals(typeOf.TypeOperand, handler),
        IInvocationOperation invocation => invocation.TargetMethod.TypeArguments.Any(argument => SymbolEqualityComparer.Default.Equals(argument, handler)),
        // What does not compile may become anything.
        _ => true,
    };

    // A constructor can't be seen from further than the types of its parameters.
    private static bool CanBeMadeVisible(IMethodSymbol constructor, Compilation compilation) =>
        constructor.Parameters.All(parameter => compilation.IsSymbolAccessibleWithin(parameter.Type, compilation.Assembly));
}
