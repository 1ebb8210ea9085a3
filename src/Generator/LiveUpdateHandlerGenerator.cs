using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Emit;
using LuoHandlers.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Generator;

/// <summary>
/// Implements the interface that LUO calls for each class with <c>[LiveUpdateFileHandler]</c> or <c>[LiveUpdateFlb]</c>, and the registration of
/// the handlers; the manifest of what can be retrieved; and the properties of each class with <c>[LiveUpdateSession]</c>.
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
        IncrementalValuesProvider<TypeSource> flbs = new AttributedTypes<FlbModel>(
            WellKnownTypeNames.LiveUpdateFlbAttribute,
            ".flb",
            static (type, compilation, cancellationToken) => FlbBinder.Bind(type, cancellationToken) is { IsValid: true, Flb: var flb }
                ? FlbModelFactory.Create(flb) with { Abis = AbiModelFactory.Create(flb, compilation) }
                : null,
            FlbEmitter.Emit,
            TrackingNames.FlbResults,
            TrackingNames.FlbSources).Register(context);
        _ = new AttributedTypes<SessionModel>(
            WellKnownTypeNames.LiveUpdateSessionAttribute,
            ".session",
            static (type, _, cancellationToken) => SessionModelFactory.Create(SessionBinder.Bind(type, cancellationToken), cancellationToken),
            SessionEmitter.Emit,
            TrackingNames.SessionResults,
            TrackingNames.SessionSources).Register(context);
        IncrementalValuesProvider<TypeSource> sources = new AttributedTypes<HandlerModel>(
            WellKnownTypeNames.LiveUpdateFileHandlerAttribute,
            "",
            (type, compilation, cancellationToken) => HandlerBinder.Bind(type, cancellationToken) is { IsValid: true, Handler: var handler }
                ? _createModel(handler) with { Abis = AbiModelFactory.Create(handler, compilation) }
                : null,
            _emit,
            TrackingNames.HandlerResults,
            TrackingNames.HandlerSources).Register(context);

        IncrementalValueProvider<EquatableArray<AbiModel>> manifest = sources.Collect()
            .Combine(flbs.Collect())
            .Select(static (parts, _) => Sort(parts.Left.AddRange(parts.Right)))
            .WithTrackingName(TrackingNames.Manifest);
        context.RegisterSourceOutput(manifest, static (output, manifest) =>
        {
            if (manifest.Count > 0)
                output.AddSource(ManifestEmitter.HintName, ManifestEmitter.Emit(manifest));
        });

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

    private static EquatableArray<AbiModel> Sort(ImmutableArray<TypeSource> sources) => sources
        .SelectMany(source => source.Abis)
        .Distinct()
        .OrderBy(abi => abi.Compatible, StringComparer.Ordinal)
        .ThenBy(abi => abi.Owner)
        .ThenBy(abi => abi.Description, StringComparer.Ordinal)
        .ToEquatableArray();

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
}
