using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Emit;
using LuoHandlers.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.Generator;

/// <summary>
/// Implements the interface that LUO calls for each class with <c>[LiveUpdateFileHandler]</c>, and the registration of all of them.
/// It reports nothing: what the binder rejects is skipped here, and the analyzers say why.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class LiveUpdateHandlerGenerator : IIncrementalGenerator
{
    private readonly Func<BoundHandler, HandlerModel> _createModel;
    private readonly Func<HandlerModel, string> _emit;

    /// <summary>Creates the generator, as the compiler does.</summary>
    public LiveUpdateHandlerGenerator()
        : this(HandlerModelFactory.Create, HandlerEmitter.Emit)
    {
    }

    internal LiveUpdateHandlerGenerator(Func<BoundHandler, HandlerModel> createModel, Func<HandlerModel, string> emit)
    {
        _createModel = createModel;
        _emit = emit;
    }

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterPostInitializationOutput(static output => output.AddEmbeddedAttributeDefinition());

        IncrementalValuesProvider<HandlerResult> results = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                WellKnownTypeNames.LiveUpdateFileHandlerAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                CreateResult)
            .WithTrackingName(TrackingNames.HandlerResults);
        IncrementalValuesProvider<HandlerSource> sources = results
            .Where(static result => result is not { Model: null, Failure: null })
            .Select(CreateSource)
            .WithTrackingName(TrackingNames.HandlerSources);
        context.RegisterSourceOutput(sources, static (output, source) => output.AddSource(source.HintName, source.Text));

        IncrementalValueProvider<EquatableArray<HandlerRegistration>> handlers = sources
            .Select(static (source, _) => source.Registration)
            .Collect()
            .Select(static (registrations, _) => Sort(registrations))
            .WithTrackingName(TrackingNames.HandlerRegistrations);
        IncrementalValueProvider<EquatableArray<ReferencedRegistration>> references = context.MetadataReferencesProvider
            .Select(ReferenceReader.Read)
            .WithTrackingName(TrackingNames.ReferencedRegistration)
            .Collect()
            .Select(static (registrations, _) => Sort(registrations))
            .WithTrackingName(TrackingNames.ReferencedRegistrations);
        IncrementalValueProvider<AssemblyModel> assembly = context.CompilationProvider
            .Select(static (compilation, _) => new AssemblyModel(
                compilation.AssemblyName ?? "", ((CSharpCompilation)compilation).LanguageVersion))
            .WithTrackingName(TrackingNames.Assembly);
        IncrementalValueProvider<RegistrationModel> registration = assembly
            .Combine(handlers)
            .Combine(references)
            .Select(static (parts, _) => new RegistrationModel(parts.Left.Left, parts.Left.Right, parts.Right))
            .WithTrackingName(TrackingNames.Registration);
        context.RegisterSourceOutput(registration, static (output, registration) =>
        {
            if (registration.Handlers.Count > 0 || registration.References.Count > 0)
                output.AddSource(RegistrationEmitter.HintName, RegistrationEmitter.Emit(registration));
        });
    }

    private static EquatableArray<HandlerRegistration> Sort(ImmutableArray<HandlerRegistration?> registrations) => registrations
        .OfType<HandlerRegistration>()
        .OrderBy(registration => registration.FullyQualifiedName, StringComparer.Ordinal)
        .ToEquatableArray();

    private static EquatableArray<ReferencedRegistration> Sort(ImmutableArray<ReferencedRegistration?> registrations) => registrations
        .OfType<ReferencedRegistration>()
        .GroupBy(registration => registration.AssemblyName, StringComparer.Ordinal)
        .Select(same => same.First())
        .OrderBy(registration => registration.AssemblyName, StringComparer.Ordinal)
        .ToEquatableArray();

    // A mistake of the generator in one handler must neither stop the others nor be hidden.
    private HandlerResult CreateResult(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var handler = (INamedTypeSymbol)context.TargetSymbol;
        try
        {
            if (!HasFirstAttribute(context, handler))
                return new HandlerResult(null, null);
            HandlerBinding binding = HandlerBinder.Bind(handler, cancellationToken);
            return new HandlerResult(binding.IsValid ? _createModel(binding.Handler) : null, null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new HandlerResult(null, Fail(HintName.Create(handler), handler.ToDisplayString(), exception));
        }
    }

    private HandlerSource CreateSource(HandlerResult result, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        HandlerFailure? failure = result.Failure;
        if (result.Model is HandlerModel model)
        {
            try
            {
                var registration = new HandlerRegistration(
                    model.DisplayName, model.FullyQualifiedName, model.Compatible, model.IsConstructible);
                return new HandlerSource(model.HintName, _emit(model), registration);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failure = Fail(model.HintName, model.DisplayName, exception);
            }
        }
        return new HandlerSource(failure!.HintName, FailureEmitter.Emit(failure), null);
    }

    private static HandlerFailure Fail(string hintName, string handlerName, Exception exception) =>
        new(hintName, handlerName, $"{exception.GetType().Name}: {exception.Message}");

    // The attribute written on two parts of a class is the compiler's error; two files of one name would be ours.
    private static bool HasFirstAttribute(GeneratorAttributeSyntaxContext context, INamedTypeSymbol handler) =>
        handler.FindAttribute(WellKnownTypeNames.LiveUpdateFileHandlerAttribute)?.ApplicationSyntaxReference is not SyntaxReference first
        || (first.SyntaxTree == context.TargetNode.SyntaxTree && context.TargetNode.Span.Contains(first.Span));
}
