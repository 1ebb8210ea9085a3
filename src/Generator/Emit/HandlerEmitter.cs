using System.Text;
using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Model;
using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Generator.Emit;

/// <summary>Writes the other part of a handler class: the interface that LUO calls.</summary>
internal static class HandlerEmitter
{
    private static string Marked { get; } = GeneratedFile.MarkGenerated(Names.GeneratedCode);

    public static string Emit(HandlerModel handler)
    {
        var names = new Names(handler);
        string body = EmitBody(handler, names);
        return GeneratedFile.Create(names.FindUsings(body), handler.Namespace, body);
    }

    private static string EmitBody(HandlerModel handler, Names names)
    {
        var writer = new IndentedWriter();
        string interfaces = string.Join(", ", FindInterfaces(handler));
        GeneratedFile.OpenTypes(writer, handler.Declarations, interfaces, () => EmitSummary(writer, handler));
        EmitIdentity(writer, handler);
        if (handler.Flbs.Count > 0)
            EmitFlbs(writer, handler, names);
        var callbacks = new CallbackEmitter(writer, handler, names, upgrade: null);
        foreach (CallbackModel callback in handler.Callbacks)
        {
            writer.Line();
            writer.Line(Marked);
            callbacks.Emit(callback);
        }
        if (handler.Upgrades.Count > 0)
            EmitUpgrades(writer, handler, names);
        GeneratedFile.CloseTypes(writer, handler.Declarations);
        return writer.ToString();
    }

    private static IEnumerable<string> FindInterfaces(HandlerModel handler)
    {
        yield return Names.Interface;
        if (handler.Flbs.Count > 0)
            yield return Names.UsesFlbs;
        if (handler.Upgrades.Count > 0)
            yield return Names.RetrievesOlder;
    }

    // LUO matches strings exactly: each older one is a handler of its own to it, and all share this object.
    private static void EmitUpgrades(IndentedWriter writer, HandlerModel handler, Names names)
    {
        CallbackEmitter[] older = [.. handler.Upgrades.Select((upgrade, index) => new CallbackEmitter(writer, handler, names, new IndexedUpgrade(upgrade, index)))];
        CallbackModel[] callbacks = [.. handler.Callbacks.Where(callback => callback.Kind is CallbackKind.Retrieve or CallbackKind.CanFinish or CallbackKind.Finish)];
        writer.Line();
        writer.Line(Marked);
        writer.Line($"{Names.RetrieveOnlyHandler}[] {Names.RetrievesOlder}.CreateOlder() =>");
        writer.Line("[");
        foreach (CallbackEmitter each in older)
            writer.Line($"    {each.CreateRetrieveOnlyHandler()},");
        writer.Line("];");
        foreach (CallbackEmitter each in older)
        {
            foreach (CallbackModel callback in callbacks)
            {
                writer.Line();
                writer.Line(Marked);
                each.Emit(callback);
            }
        }
    }

    // Which kernel is known only once the handler is registered: its FLBs are that kernel's.
    private static void EmitFlbs(IndentedWriter writer, HandlerModel handler, Names names)
    {
        bool needsKernel = handler.Callbacks.Any(callback => callback.Parameters.Any(parameter => parameter.Flb >= 0));
        writer.Line();
        if (needsKernel)
        {
            writer.Line(Marked);
            writer.Line($"private {Names.Kernel}? {Names.KernelField};");
            writer.Line();
        }
        writer.Line(Marked);
        writer.Line($"{Names.Flb}[] {Names.UsesFlbs}.AttachTo({Names.Kernel} kernel)");
        writer.Open();
        if (needsKernel)
            writer.Line($"{Names.KernelField} = kernel;");
        writer.Line($"return [{string.Join(", ", handler.Flbs.Select((_, index) => $"kernel.GetFlb<{names.GetFlb(index)}>()"))}];");
        writer.Close();
    }

    private static void EmitSummary(IndentedWriter writer, HandlerModel handler)
    {
        writer.Line("// How LUO calls this handler. An exception is a failed callback: LUO catches it.");
        if (handler.StateType is not null)
            writer.Line("// The state's memory is freed by Unpreserve, by a failing Preserve, by Retrieve in any case, by Finish if nobody tried to retrieve.");
    }

    private static void EmitIdentity(IndentedWriter writer, HandlerModel handler)
    {
        string compatible = SymbolDisplay.FormatLiteral(handler.Compatible, quote: true);
        writer.Line(Marked);
        writer.Line($"global::System.ReadOnlySpan<byte> {Names.Interface}.Compatible => {compatible}u8;");
        writer.Line();
        var callbacks = new StringBuilder($"{Names.Callbacks}.Required");
        foreach (CallbackModel callback in handler.Callbacks)
        {
            if (!CallbackDefinitions.Get(callback.Kind).IsRequired)
                callbacks.Append($" | {Names.Callbacks}.{callback.Name}");
        }
        writer.Line(Marked);
        writer.Line($"{Names.Callbacks} {Names.Interface}.Callbacks => {callbacks};");
    }
}
