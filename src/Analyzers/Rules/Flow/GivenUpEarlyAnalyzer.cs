using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds memory that one callback gives up though a later one needs it: in Freeze, and in Retrieve of an FLB.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class GivenUpEarlyAnalyzer : HandlerCodeAnalyzer
{
    private static readonly DiagnosticDescriptor InFreeze = Rules.GivenBack.CreateDescriptor(
        "{0} gives up in Freeze what the next kernel, or Unpreserve after a reboot that failed, looks for: it is not there any more then. Leave it to Unpreserve.");

    private static readonly DiagnosticDescriptor InRetrieve = Rules.GivenBack.CreateDescriptor(
        "{0} gives up in Retrieve what Finish of '{1}' looks for again (EINVAL), and what others read until then. An FLB's memory is given up in Finish: leave it to that.");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [InFreeze, InRetrieve];

    private protected override bool CoversFlbs => true;

    private protected override void AnalyzeCode(HandlerCode code, Action<Diagnostic> report)
    {
        var freeze = code.Reach(CallbackKind.Freeze).OfType<IInvocationOperation>().ToImmutableArray();
        // What is replaced by something else is given up for a reason.
        if (!freeze.Any(call => call.PreservesMemory() || call.PreservesInScope()))
        {
            foreach (IInvocationOperation call in freeze.Where(call => call.IsOfKho() && call.TargetMethod.Name is "Unpreserve" or "UnpreserveFree"))
                report(Diagnostic.Create(InFreeze, call.Syntax.GetLocation(), Name(call)));
        }
        if (!code.IsFlb)
            return;
        var found = code.Reach(CallbackKind.Finish).OfType<IInvocationOperation>().Where(call => call.FindsInherited()).Select(Found).ToImmutableArray();
        foreach (IInvocationOperation call in code.Reach(CallbackKind.Retrieve).OfType<IInvocationOperation>().Where(call => call.ConsumesInherited()))
        {
            if (FindSource(call) is { } source && found.Contains(Found(source)))
                report(Diagnostic.Create(InRetrieve, call.Syntax.GetLocation(), Name(call), code.Handler.Type.Name));
        }
    }

    // By what it was found: the same field of the state.
    private static string Found(IInvocationOperation call) => string.Join(",", call.Arguments.Select(argument => argument.Syntax.ToString()));

    private static IInvocationOperation? FindSource(IInvocationOperation consuming)
    {
        IOperation? thing = (consuming.IsOfArray() ? consuming.Instance : consuming.Arguments.FirstOrDefault()?.Value)?.Unwrap();
        if (thing is ILocalReferenceOperation { Local: var local })
            thing = consuming.Ancestors().Last().Descendants().OfType<IVariableDeclaratorOperation>().FirstOrDefault(each => SymbolEqualityComparer.Default.Equals(each.Symbol, local))?.Initializer?.Value.Unwrap();
        return thing is IInvocationOperation call && call.FindsInherited() ? call : null;
    }

    private static string Name(IInvocationOperation call) => $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}";
}
