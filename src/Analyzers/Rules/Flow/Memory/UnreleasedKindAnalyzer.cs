using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>
/// Finds Unpreserve and Finish that release something, but nothing of a kind that Preserve takes: folios, memory of its own, arrays. Of who gets
/// Kexec Handover or such memory, and can't be seen, it is not known what he does with it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnreleasedKindAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor InUnpreserve = Rules.NothingReleased.CreateDescriptor(
        "Unpreserve of '{0}' never calls {2}, but Preserve takes something with {1}: that stays preserved when the session is closed, and preserving the file again fails or leaks. Give it back here.");

    private static readonly DiagnosticDescriptor InFinish = Rules.NothingReleased.CreateDescriptor(
        "Finish of '{0}' never calls {2}, but Preserve hands memory over with {1}: of a file that nobody retrieves it is lost to the next kernel for good. Free it when 'RetrieveStatus.IsNotTried'.");

    private static readonly DiagnosticDescriptor InFinishOfFlb = Rules.NothingReleased.CreateDescriptor(
        "Finish of '{0}' never calls {2}, and neither does Retrieve, but Preserve hands memory over with {1}: once the last user of an FLB is finished, nobody can find that any more. Free it here.");

    private static readonly DiagnosticDescriptor FreesPage = Rules.NothingReleased.CreateDescriptor(
        "{0} frees what it takes back, but Preserve only preserved pages that '{1}' goes on using: when the session is closed, they are freed under it. Call IKho.Unpreserve.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [InUnpreserve, InFinish, InFinishOfFlb, FreesPage];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        if (code.Handler.PrivateDataType is not null)
            return;
        var preserve = code.Reach(CallbackKind.Preserve);
        var takes = preserve.OfType<IInvocationOperation>().Where(call => call.PreservesMemory() || call.PreservesInScope()).ToImmutableArray();
        // What Preserve releases itself is not handed over; what others get may be released by them.
        if (takes.IsEmpty || preserve.Any(operation => IsUnknown(operation)))
            return;
        IInvocationOperation? folio = takes.FirstOrDefault(call => call.TargetMethod.Name == "Preserve");
        IInvocationOperation? array = takes.FirstOrDefault(call => call.IsOfArray());
        IInvocationOperation? range = takes.FirstOrDefault(call => call.TargetMethod.Name == "AllocatePreserved" && !call.IsOfArray());
        Check(CallbackKind.Unpreserve, InUnpreserve, folio, "IKho.Unpreserve", call => !call.IsOfArray() && call.TargetMethod.Name is "Unpreserve" or "UnpreserveFree");
        // What is taken back and then freed is given up in two steps.
        Check(
            CallbackKind.Unpreserve,
            InUnpreserve,
            range,
            "IKho.UnpreserveFree",
            call => (!call.IsOfArray() && call.TargetMethod.Name == "UnpreserveFree") || (call.TargetMethod.Name == "Free" && call.TargetMethod.ContainingType.IsOfRuntime()),
            call => folio is null && call.TargetMethod.Name == "Unpreserve");
        Check(CallbackKind.Finish, code.IsFlb ? InFinishOfFlb : InFinish, folio ?? range, "IKho.RestoreFree", call => (!call.IsOfArray() || array is null) && call.TargetMethod.Name is "RestoreFree" or "Restore");
        if (folio is not null && range is null)
            CheckPages(folio);

        void Check(
            CallbackKind kind,
            DiagnosticDescriptor descriptor,
            IInvocationOperation? taking,
            string release,
            Func<IInvocationOperation, bool> releases,
            Func<IInvocationOperation, bool>? almostReleases = null)
        {
            if (taking is null || code.FindBody(kind) is not { } body || !body.DescendantsAndSelf().Any(NothingReleasedAnalyzer.MayRelease))
                return;
            var reached = code.Reach(body);
            // Calls that have nothing to do with memory may do anything.
            if (body.Descendants().Any(operation => operation is IInvocationOperation) && !reached.Any(operation => operation is IInvocationOperation call && call.IsOfKho()))
                return;
            if (reached.Any(IsUnknown) || reached.Any(IsGivenOn) || reached.Any(operation => operation is IThrowOperation) || reached.OfType<IInvocationOperation>().Any(releases))
                return;
            // The place where it is found says so already.
            if (kind == CallbackKind.Finish && reached.OfType<IInvocationOperation>().Any(call => call.FindsInherited() && call.IsOfArray() == taking.IsOfArray() && AbandonedMemoryAnalyzer.IsOnlyRead(call, code)))
                return;
            // What is found to be given up somewhere else in the life of it, in Retrieve for example, is not asked here.
            if (code.IsFlb && kind == CallbackKind.Finish && code.Reach(CallbackKind.Retrieve).OfType<IInvocationOperation>().Any(releases))
                return;
            IInvocationOperation? almost = almostReleases is null ? null : reached.OfType<IInvocationOperation>().FirstOrDefault(almostReleases);
            report(Diagnostic.Create(
                descriptor,
                almost is not null && almost.IsIn(body) ? almost.Syntax.GetLocation() : code.Handler.FindCallback(kind)!.Method.Locations[0],
                code.Handler.Type.Name,
                $"{taking.TargetMethod.ContainingType.Name}.{taking.TargetMethod.Name}",
                release));
        }

        void CheckPages(IInvocationOperation taking)
        {
            if (code.FindParameter(CallbackKind.Preserve, ParameterRole.File) is not { } file
                || !taking.Arguments.Any(argument => argument.Value.Unwrap() is IPropertyReferenceOperation { Instance: { } instance } && instance.Refers(file))
                || code.FindBody(CallbackKind.Unpreserve) is not { } body
                || code.Reach(body).OfType<IInvocationOperation>().Any(call => call.IsOfKho() && call.TargetMethod.Name == "Unpreserve"))
                return;
            foreach (IInvocationOperation call in body.Descendants().OfType<IInvocationOperation>().Where(call => call.IsOfKho() && !call.IsOfArray() && call.TargetMethod.Name == "UnpreserveFree"))
                report(Diagnostic.Create(FreesPage, call.Syntax.GetLocation(), "IKho.UnpreserveFree", file.Name));
        }

        bool IsUnknown(IOperation operation) => operation switch
        {
            IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } => true,
            IInvocationOperation call => !call.TargetMethod.ContainingType.IsOfRuntime()
                && code.FindBody(call.TargetMethod.OriginalDefinition) is null
                && call.TargetMethod.MethodKind != MethodKind.LocalFunction
                && !IsOfSystem(call.TargetMethod.ContainingType)
                && (!call.Arguments.IsEmpty || Holds(call.Instance?.Type)),
            IObjectCreationOperation creation => !creation.Type.IsOfRuntime() && !IsOfSystem(creation.Type)
                && !SymbolEqualityComparer.Default.Equals(creation.Type, code.Handler.FileType)
                && creation.Arguments.Any(argument => Holds(argument.Value.Unwrap().Type)),
            // A setter may do anything.
            IPropertyReferenceOperation { Parent: IAssignmentOperation assignment } property => assignment.Target == property && !property.Property.ContainingType.IsOfRuntime(),
            _ => false,
        };

        // To somebody who calls it for each of many.
        bool IsGivenOn(IOperation operation) => operation is IMethodReferenceOperation { Method: var method } && method.ContainingType.IsOfRuntime() && KhoCalls.MayRelease(method);

        // Something by which memory can be given up.
        bool Holds(ITypeSymbol? type) => type is not null
            && (type is { Name: "IKho" or "KexecHandover" or "KhoRange" or "KhoVmallocArray" or "PreservationScope" or "PageAllocator" or "Folio" or "PhysicalAddress" or "KhoVmalloc" }
                || type.TypeKind is TypeKind.Interface
                || SymbolEqualityComparer.Default.Equals(type, code.Handler.StateType)
                || (code.IsFlb && SymbolEqualityComparer.Default.Equals(type, code.Handler.FileType)));
    }

    private static bool IsOfSystem(ITypeSymbol? type) => type?.ContainingNamespace?.ToString() is { } space && (space == "System" || space.StartsWith("System.", StringComparison.Ordinal));
}
