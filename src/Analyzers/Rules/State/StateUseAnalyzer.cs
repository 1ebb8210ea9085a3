using System.Collections.Concurrent;
using System.Collections.Immutable;
using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Layout;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using LayoutKind = System.Runtime.InteropServices.LayoutKind;

namespace LuoHandlers.Analyzers;

/// <summary>LUO3010 to LUO3012: fields of a state that a handler does not write before the live update, or does not read after it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StateUseAnalyzer : DiagnosticAnalyzer
{
    internal static readonly DiagnosticDescriptor NeverWritten = Rules.FieldNeverWritten.CreateDescriptor(
        "'{0}' of state '{1}' is written neither by Preserve nor by Freeze of '{2}', so the next kernel always gets 0 for it. Write it, or name it 'Reserved'.");

    internal static readonly DiagnosticDescriptor NeverRead = Rules.FieldNeverRead.CreateDescriptor(
        "'{0}' of state '{1}' is written, but Retrieve of '{2}' never reads it, so what it stands for is lost in the live update. Use it, or name it 'Reserved'.");

    internal static readonly DiagnosticDescriptor ReservedNotZero = Rules.ReservedNotZero.CreateDescriptor(
        "'{0}' of state '{1}' is written with a value, though its name says that nothing is in it: a later version that uses it takes that for its own. Leave it 0, or name it for what it holds.");

    internal static readonly DiagnosticDescriptor ReservedNotChecked = Rules.ReservedNotZero.CreateDescriptor(
        "Retrieve of '{2}' does not look at '{0}' of state '{1}': a version that writes something there is taken for this one, and what it means is lost without a word. Throw EINVAL unless it is 0.");

    private const string MustBeZeroName = "reserved";

    private static readonly string[] ReservedNames = [MustBeZeroName, "padding", "pad", "unused", "spare"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [NeverWritten, NeverRead, ReservedNotZero, ReservedNotChecked];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (!start.Compilation.GetTypesByMetadataName(WellKnownTypeNames.LiveUpdateFileHandlerAttribute).IsEmpty)
                start.RegisterSymbolStartAction(AnalyzeType, SymbolKind.NamedType);
        });
    }

    private static void AnalyzeType(SymbolStartAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.FindAttribute(WellKnownTypeNames.LiveUpdateFileHandlerAttribute) is null
            || context.Compilation.BindHandler(type, context.CancellationToken) is not { IsValid: true, Handler: { StateType: INamedTypeSymbol state } handler }
            || StructLayout.Read(state, context.Compilation).Kind != LayoutKind.Sequential)
        {
            return;
        }
        var uses = new ConcurrentDictionary<ISymbol, StateUse>(SymbolEqualityComparer.Default);
        context.RegisterOperationBlockAction(block =>
        {
            if (block.OwningSymbol is IMethodSymbol method)
                uses[StateUseCollector.FindKey(method)] = new StateUseCollector(state, type).Collect(block.OperationBlocks);
        });
        context.RegisterSymbolEndAction(end => Report(end, handler, state, uses));
    }

    private static void Report(SymbolAnalysisContext context, BoundHandler handler, INamedTypeSymbol state, ConcurrentDictionary<ISymbol, StateUse> uses)
    {
        StateUse? written = FindUse(handler, uses, CallbackKind.Preserve, CallbackKind.Freeze);
        StateUse? read = FindUse(handler, uses, CallbackKind.Retrieve);
        // A Retrieve that only throws is not written yet.
        StateUse? bookKeeping = FindUse(handler, uses, CallbackKind.Unpreserve, CallbackKind.Unfreeze, CallbackKind.Finish);
        bool retrieves = read is not null && uses[FindKey(handler, CallbackKind.Retrieve)!].ReturnsValue;
        foreach (IFieldSymbol field in StateLeaf.FindFields(state))
        {
            ISymbol key = StateUseCollector.FindKey(field);
            bool isNeverRead = retrieves && read is { ReadsAll: false } && !read.Read.Contains(key);
            DiagnosticDescriptor? descriptor = IsReserved(StateLeaf.FindName(field))
                ? !MustBeZero(StateLeaf.FindName(field)) ? null
                    : written?.WrittenNotZero.Contains(key) == true ? ReservedNotZero
                    : isNeverRead ? ReservedNotChecked
                    : null
                : written is { WritesAll: false, MentionsState: true } && !written.Written.Contains(key) && read?.ComparedWithZero.Contains(key) != true ? NeverWritten
                : isNeverRead && !(bookKeeping?.Read.Contains(key) == true && !IsOfRuntime(field)) ? NeverRead
                : null;
            if (descriptor is not null)
                context.ReportDiagnostic(Diagnostic.Create(descriptor, FindLocation(field), StateLeaf.FindName(field), state.Name, handler.Type.Name));
        }

        // A state of another assembly can't be shown: its parameter is.
        Location FindLocation(IFieldSymbol field) =>
            StateLeaf.FindLocation(field) is { SourceTree: { } tree } location && context.Compilation.ContainsSyntaxTree(tree)
                ? location
                : handler.FindCallback(CallbackKind.Preserve)!.FindParameter(ParameterRole.State)!.Symbol.Locations[0];
    }

    private static ISymbol? FindKey(BoundHandler handler, CallbackKind kind) =>
        handler.FindCallback(kind) is { } callback ? StateUseCollector.FindKey(callback.Method) : null;

    /// <summary>What callbacks and all that they call in the handler do; null if one is in a base class, where it can't be seen.</summary>
    private static StateUse? FindUse(BoundHandler handler, ConcurrentDictionary<ISymbol, StateUse> uses, params CallbackKind[] kinds)
    {
        var all = new StateUse();
        var pending = new Stack<ISymbol>(kinds.Select(kind => FindKey(handler, kind)).OfType<ISymbol>());
        var done = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        if (pending.Any(callback => !uses.ContainsKey(callback)))
            return null;
        while (pending.Count > 0)
        {
            ISymbol method = pending.Pop();
            if (!done.Add(method) || !uses.TryGetValue(method, out StateUse? use))
                continue;
            all.Add(use);
            foreach (ISymbol called in use.Calls)
                pending.Push(called);
        }
        return all;
    }

    // Memory that is only ever given up is not handed over; a number that tells how to give it up has done its work.
    private static bool IsOfRuntime(IFieldSymbol field) => field.Type.IsOfRuntime();

    // Room for a later version; padding has no meaning and gets none.
    private static bool MustBeZero(string name) => name.TrimStart('_').StartsWith(MustBeZeroName, StringComparison.OrdinalIgnoreCase);

    private static bool IsReserved(string name)
    {
        string simple = name.TrimStart('_');
        return simple.Length == 0 || ReservedNames.Any(reserved => simple.StartsWith(reserved, StringComparison.OrdinalIgnoreCase));
    }
}
