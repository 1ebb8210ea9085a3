using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds Unpreserve and Finish that can't give up what Preserve takes, because they do nothing at all.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NothingReleasedAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor InUnpreserve = Rules.NothingReleased.CreateDescriptor(
        "Unpreserve of '{0}' releases nothing, but Preserve takes something with {1}: it stays taken when the session is closed, and the file can't be preserved again. Give it back here.");

    private static readonly DiagnosticDescriptor InFinish = Rules.NothingReleased.CreateDescriptor(
        "Finish of '{0}' releases nothing, but Preserve hands memory over with {1}: of a file that nobody retrieves it is lost to the next kernel for good. Free it when 'RetrieveStatus.IsNotTried'.");

    private static readonly DiagnosticDescriptor InFinishOfFlb = Rules.NothingReleased.CreateDescriptor(
        "Finish of '{0}' releases nothing, and neither does Retrieve, but Preserve hands memory over with {1}: once the last user of an FLB is finished, nobody can find that any more. Free it here.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [InUnpreserve, InFinish, InFinishOfFlb];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        var calls = code.Reach(CallbackKind.Preserve).OfType<IInvocationOperation>().ToImmutableArray();
        var memory = calls.Where(call => call.PreservesMemory() || call.PreservesInScope()).ToImmutableArray();
        IInvocationOperation? any = memory.Concat(calls.Where(call => call.FreezesMapping())).FirstOrDefault();
        if (any is not null)
            Check(CallbackKind.Unpreserve, InUnpreserve, any);
        if (!memory.IsEmpty && !(code.IsFlb && IsGivenUpByRetrieve(code)))
            Check(CallbackKind.Finish, code.IsFlb ? InFinishOfFlb : InFinish, memory[0]);

        void Check(CallbackKind kind, DiagnosticDescriptor descriptor, IInvocationOperation taking)
        {
            if (code.FindBody(kind) is { } body && !body.DescendantsAndSelf().Any(MayRelease))
                report(Diagnostic.Create(
                    descriptor,
                    code.Handler.FindCallback(kind)!.Method.Locations[0],
                    code.Handler.Type.Name,
                    $"{taking.TargetMethod.ContainingType.Name}.{taking.TargetMethod.Name}"));
        }
    }

    // LUO finishes an FLB only after it was retrieved: what was given up there, or given to others, is not missing.
    private static bool IsGivenUpByRetrieve(HandlerCode code) => code.Reach(CallbackKind.Retrieve)
        .Any(operation => (operation is IInvocationOperation call && call.ConsumesInherited()) || AbandonedMemoryAnalyzer.PassesKho(operation, code));

    // Whatever runs other code may release; so does an exception, which at least says that it doesn't.
    internal static bool MayRelease(IOperation operation) => operation switch
    {
        IInvocationOperation call => !IsTrivial(call.TargetMethod),
        IObjectCreationOperation creation => creation.Constructor?.Parameters.IsEmpty == false,
        IFunctionPointerInvocationOperation or IDynamicInvocationOperation or IEventAssignmentOperation or IThrowOperation
            or IUsingOperation or IUsingDeclarationOperation => true,
        IPropertyReferenceOperation { Parent: IAssignmentOperation assignment } property => assignment.Target == property,
        _ => false,
    };

    private static bool IsTrivial(IMethodSymbol method) => method.ContainingType is
    { Name: "Debug" or "Trace" or "Console" or "GC" or "ArgumentNullException", ContainingNamespace.Name: "System" or "Diagnostics" };
}
