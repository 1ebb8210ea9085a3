using System.Text;
using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Model;
using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Generator.Emit;

/// <summary>Writes the other part of a handler class: the interface that LUO calls.</summary>
internal static class HandlerEmitter
{
    public static string Emit(HandlerModel handler)
    {
        IndentedWriter writer = GeneratedFile.Begin();
        writer.Line();
        if (handler.Namespace is not null)
        {
            writer.Line($"namespace {handler.Namespace};");
            writer.Line();
        }
        for (int i = 0; i < handler.Declarations.Count - 1; i++)
        {
            writer.Line(Declare(handler.Declarations[i]));
            writer.Open();
        }
        EmitSummary(writer, handler);
        writer.Line($"{Declare(handler.Declarations[handler.Declarations.Count - 1])} : {Names.Interface}");
        writer.Open();
        EmitIdentity(writer, handler);
        var callbacks = new CallbackEmitter(writer, handler);
        foreach (CallbackModel callback in handler.Callbacks)
        {
            writer.Line();
            writer.Line(GeneratedFile.GeneratedCodeAttribute);
            callbacks.Emit(callback);
        }
        for (int i = 0; i < handler.Declarations.Count; i++)
            writer.Close();
        return writer.ToString();
    }

    private static string Declare(TypeDeclarationModel declaration) => $"partial {declaration.Keyword} {declaration.Name}";

    private static void EmitSummary(IndentedWriter writer, HandlerModel handler)
    {
        writer.Line("// How LUO calls this handler. Exceptions are LUO's to catch: each is a failed callback.");
        if (handler.StateType is not null)
        {
            writer.Line("// The state's memory: Preserve allocates it, and frees it when it fails; Unpreserve frees it;");
            writer.Line("// in the next kernel Retrieve uses it up, in success and failure, or else Finish does.");
        }
    }

    private static void EmitIdentity(IndentedWriter writer, HandlerModel handler)
    {
        string compatible = SymbolDisplay.FormatLiteral(handler.Compatible, quote: true);
        writer.Line(GeneratedFile.GeneratedCodeAttribute);
        writer.Line($"global::System.ReadOnlySpan<byte> {Names.Interface}.Compatible => {compatible}u8;");
        writer.Line();
        var callbacks = new StringBuilder($"{Names.Callbacks}.Required");
        foreach (CallbackModel callback in handler.Callbacks)
        {
            if (!CallbackDefinitions.Get(callback.Kind).IsRequired)
                callbacks.Append($" | {Names.Callbacks}.{callback.Name}");
        }
        writer.Line(GeneratedFile.GeneratedCodeAttribute);
        writer.Line($"{Names.Callbacks} {Names.Interface}.Callbacks => {callbacks};");
    }
}
