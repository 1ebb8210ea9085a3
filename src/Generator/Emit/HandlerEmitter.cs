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
        IndentedWriter writer = GeneratedFile.Begin();
        foreach (string directive in names.FindUsings(body))
            writer.Line(directive);
        writer.Line();
        if (handler.Namespace is not null)
        {
            writer.Line($"namespace {handler.Namespace};");
            writer.Line();
        }
        return writer + body;
    }

    private static string EmitBody(HandlerModel handler, Names names)
    {
        var writer = new IndentedWriter();
        for (int i = 0; i < handler.Declarations.Count - 1; i++)
            writer.Line(Declare(handler.Declarations[i]) + " {");
        EmitSummary(writer, handler);
        writer.Line($"{Declare(handler.Declarations[handler.Declarations.Count - 1])} : {Names.Interface}");
        writer.Open();
        EmitIdentity(writer, handler);
        var callbacks = new CallbackEmitter(writer, handler, names);
        foreach (CallbackModel callback in handler.Callbacks)
        {
            writer.Line();
            writer.Line(Marked);
            callbacks.Emit(callback);
        }
        writer.Close();
        // Nesting adds no indentation: it would make the file of a nested handler larger for nothing.
        for (int i = 0; i < handler.Declarations.Count - 1; i++)
            writer.Line("}");
        return writer.ToString();
    }

    private static string Declare(TypeDeclarationModel declaration) => $"partial {declaration.Keyword} {declaration.Name}";

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
