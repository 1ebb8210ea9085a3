using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Emit;
using LuoHandlers.Generator.Incremental;
using LuoHandlers.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LuoHandlers.Generator;

/// <summary>The steps from the classes with one attribute to a file for each.</summary>
/// <param name="attributeName">The attribute.</param>
/// <param name="hintSuffix">What tells the files of this attribute apart from those of others for the same class.</param>
/// <param name="createModel">Makes the model of a class; null for one that the binder rejects.</param>
/// <param name="emit">Writes the file.</param>
/// <param name="resultsName">The tracking name of the look-up.</param>
/// <param name="sourcesName">The tracking name of the files.</param>
internal sealed class AttributedTypes<TModel>(
    string attributeName,
    string hintSuffix,
    Func<INamedTypeSymbol, Compilation, CancellationToken, TModel?> createModel,
    Func<TModel, string> emit,
    string resultsName,
    string sourcesName)
    where TModel : class, IGeneratedTypeModel
{
    private readonly BindingMemory<TypeResult<TModel>> _memory = new();

    /// <summary>Adds the steps, and the output of the files.</summary>
    public IncrementalValuesProvider<TypeSource> Register(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<TypeSource> sources = context.SyntaxProvider
            .ForAttributeWithMetadataName(attributeName, static (node, _) => node is TypeDeclarationSyntax, CreateResult)
            .WithTrackingName(resultsName)
            .Where(static result => result is not { Model: null, Failure: null })
            .Select(CreateSource)
            .WithTrackingName(sourcesName);
        context.RegisterSourceOutput(sources, static (output, source) => output.AddSource(source.HintName, source.Text));
        return sources;
    }

    private TypeResult<TModel> CreateResult(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        _memory.GetOrBind(context.TargetNode, context.SemanticModel.Compilation, () => Bind(context, cancellationToken));

    // A mistake of the generator in one class must neither stop the others nor be hidden.
    private TypeResult<TModel> Bind(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        try
        {
            BindAssemblyAttributes(context.SemanticModel.Compilation);
            return new TypeResult<TModel>(HasFirstAttribute(context, type) ? createModel(type, context.SemanticModel.Compilation, cancellationToken) : null, null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new TypeResult<TModel>(null, Fail(HintName.Create(type, hintSuffix), type.ToDisplayString(), exception));
        }
    }

    // Whether a type is obsolete can be said for a whole assembly. Until the compiler has bound what is, it looks through all files for each type that it
    // finds in a signature: with a thousand handlers, that is half of what their signatures cost.
    private static void BindAssemblyAttributes(Compilation compilation)
    {
        _ = compilation.Assembly.GetAttributes();
        _ = compilation.SourceModule.GetAttributes();
    }

    private TypeSource CreateSource(TypeResult<TModel> result, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TypeFailure? failure = result.Failure;
        if (result.Model is TModel model)
        {
            try
            {
                HandlerRegistration? registration = model is HandlerModel handler
                    ? new HandlerRegistration(
                        handler.DisplayName,
                        handler.FullyQualifiedName,
                        handler.Compatible,
                        handler.Upgrades.Select(upgrade => upgrade.Compatible).ToEquatableArray(),
                        handler.IsConstructible)
                    : null;
                return new TypeSource(model.HintName, emit(model), model.Abis, registration);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failure = Fail(model.HintName, model.DisplayName, exception);
            }
        }
        return new TypeSource(failure!.HintName, FailureEmitter.Emit(failure), default, null);
    }

    private static TypeFailure Fail(string hintName, string typeName, Exception exception) =>
        new(hintName, typeName, $"{exception.GetType().Name}: {exception.Message}");

    // The attribute written on two parts of a class is the compiler's error; two files of one name would be ours.
    private bool HasFirstAttribute(GeneratorAttributeSyntaxContext context, INamedTypeSymbol type) =>
        type.FindAttribute(attributeName)?.ApplicationSyntaxReference is not SyntaxReference first
        || (first.SyntaxTree == context.TargetNode.SyntaxTree && context.TargetNode.Span.Contains(first.Span));
}
