using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds callbacks that put the file which LUO gave them: the reference is LUO's, which puts it itself.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PutFileAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = Rules.GivenBack.CreateDescriptor(
        "{0} puts a reference to '{1}' that is not its own: LUO puts its own one when it is done with the file, and whoever has the file open then uses one that is released. Put only what was taken with Get.");

    private static readonly ImmutableArray<CallbackKind> Kinds =
    [
        CallbackKind.CanPreserve, CallbackKind.GetId, CallbackKind.Preserve, CallbackKind.Unpreserve, CallbackKind.Freeze, CallbackKind.Unfreeze, CallbackKind.CanFinish, CallbackKind.Finish,
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptor];

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        foreach (CallbackKind kind in Kinds)
        {
            if (code.FindParameter(kind, ParameterRole.File) is { } file
                && code.FindBody(kind) is { } body
                && body.OwnDescendants().FirstOrDefault(operation => Puts(operation, file)) is { } put
                && !MayHaveReference(code))
                report(Diagnostic.Create(Descriptor, put.Syntax.GetLocation(), kind, file.Name));
        }
    }

    private static bool Puts(IOperation operation, IParameterSymbol file) => IsOfFile(operation, "Put")
        && ((IInvocationOperation)operation).Instance?.Unwrap() switch
        {
            IConditionalAccessInstanceOperation access => access.Ancestors().OfType<IConditionalAccessOperation>().First().Operation.Refers(file),
            var instance => instance.Refers(file),
        };

    // One that the handler took, or a file that it had before: Retrieve then does not make a new one.
    private static bool MayHaveReference(HandlerCode code) =>
        code.Operations.Any(operation => IsOfFile(operation, "Get") || operation is IMethodReferenceOperation { Method.Name: "Get" } || MayTake(operation, code))
        || !code.Reach(CallbackKind.Retrieve).Any(operation => operation is IObjectCreationOperation creation && SymbolEqualityComparer.Default.Equals(creation.Type, code.Handler.FileType));

    // Methods of the file, and others that get it.
    private static bool MayTake(IOperation operation, HandlerCode code) => operation switch
    {
        IInvocationOperation { Instance: { } instance, TargetMethod.ContainingType: var type } => !type.IsOfRuntime() && IsFile(instance.Type, code),
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } } argument =>
            code.FindBody(method.OriginalDefinition) is null && IsFile(argument.Value.Unwrap().Type, code),
        _ => false,
    };

    private static bool IsFile(ITypeSymbol? type, HandlerCode code) => SymbolEqualityComparer.Default.Equals(type, code.Handler.FileType);

    private static bool IsOfFile(IOperation operation, string name) => operation is IInvocationOperation { TargetMethod: var method }
        && method.Name == name && method.Parameters.IsEmpty && method.ContainingType.HasMetadataName(WellKnownTypeNames.LuoFile);
}
