using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Model;
using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Generator.Emit;

/// <summary>Writes the other part of a typed session: its properties, and how all of them are preserved and retrieved.</summary>
internal static class SessionEmitter
{
    private const string Field = SessionBinder.SessionField;
    private const string GeneratedCode = "__Generated";
    private const string Property = Runtime + "::Emulation.TokenProperty";
    private const string Runtime = "__Luo";
    private const string Device = Runtime + "::Uapi.LiveUpdateDevice";
    private const string Session = Runtime + "::Uapi.LiveUpdateSession";

    private static readonly string[] Directives =
    [
        $"using {GeneratedCode} = global::{WellKnownTypeNames.GeneratedCodeAttribute};",
        $"using {Runtime} = global::LuoHandlers;",
    ];

    private static string Marked { get; } = GeneratedFile.MarkGenerated(GeneratedCode);

    public static string Emit(SessionModel session)
    {
        var writer = new IndentedWriter();
        GeneratedFile.OpenTypes(
            writer,
            session.Declarations,
            "global::System.IDisposable",
            () => writer.Line("// Each property holds a reference on its file. LUO keeps one of its own from Preserve on."));
        writer.Line(Marked);
        writer.Line($"private readonly {Runtime}::Emulation.TypedSession {Field} = new();");
        foreach (TokenPropertyModel property in session.Properties)
            EmitProperty(writer, property);
        EmitMembers(writer, session, $"[{string.Join(", ", session.Properties.Select(GetField))}]");
        GeneratedFile.CloseTypes(writer, session.Declarations);
        return GeneratedFile.Create(Directives, session.Namespace, writer.ToString());
    }

    private static string GetField(TokenPropertyModel property) => SessionBinder.GetField(property.Token);

    private static void EmitProperty(IndentedWriter writer, TokenPropertyModel property)
    {
        string name = SymbolDisplay.FormatLiteral(property.Name.TrimStart('@'), quote: true);
        string field = GetField(property);
        writer.Line();
        writer.Line(Marked);
        writer.Line($"private readonly {Property}<{property.FileType}> {field} = new({name}, {property.Token}, isOptional: {(property.IsOptional ? "true" : "false")});");
        writer.Line();
        writer.Line(Marked);
        writer.Line($"{property.Modifiers} {property.Type} {property.Name}");
        writer.Open();
        writer.Line($"{property.Getter} => {field}.{(property.IsOptional ? "Optional" : "Required")};");
        writer.Line($"{property.Setter} => {field}.Set(value, {Field});");
        writer.Close();
    }

    private static void EmitMembers(IndentedWriter writer, SessionModel session, string properties)
    {
        EmitMember(
            writer,
            $"public {Session}? Session => {Field}.Session;",
            "<summary>The session in LUO, while it is preserved or retrieved.</summary>");
        EmitMember(
            writer,
            $"public void Preserve({Device} device, string name) => {Field}.Preserve(device, name, {properties});",
            "<summary>Creates the session and preserves all files, in the order of their tokens; or, if one fails, none.</summary>",
            "<param name=\"device\">The device.</param>",
            "<param name=\"name\">The session's name, 1 to 63 bytes.</param>",
            "<exception cref=\"global::System.InvalidOperationException\">It is preserved or retrieved already, or a property has no file.</exception>",
            $"<exception cref=\"global::LuoHandlers.Uapi.LuoException\">LUO refused; the message names the token.</exception>");
        writer.Line();
        Document(
            writer,
            "<summary>Retrieves a session of the previous kernel and all its files.</summary>",
            "<param name=\"device\">The device.</param>",
            "<param name=\"name\">The name under which it was preserved.</param>",
            "<exception cref=\"global::LuoHandlers.Uapi.LuoException\">There is no such session, or it was retrieved already.</exception>",
            "<exception cref=\"global::LuoHandlers.Uapi.TypedSessionException\">A file could not be retrieved, or is of another type; all are still in the session.</exception>");
        writer.Line(Marked);
        writer.Line($"public static {session.FullyQualifiedName} Retrieve({Device} device, string name)");
        writer.Open();
        writer.Line($"var session = new {session.FullyQualifiedName}();");
        writer.Line($"session.{Field}.Retrieve(device, name, {properties.Replace("__token", "session.__token")});");
        writer.Line("return session;");
        writer.Close();
        EmitMember(
            writer,
            $"public void Finish() => {Field}.Finish();",
            "<summary>Finishes a retrieved session: LUO gives up what it kept. The files stay.</summary>",
            "<exception cref=\"global::System.InvalidOperationException\">It is not retrieved.</exception>",
            "<exception cref=\"global::LuoHandlers.Uapi.LuoException\">A handler is not done yet; nothing has changed.</exception>");
        EmitMember(
            writer,
            $"public void Dispose() => {Field}.Dispose({properties});",
            "<summary>Closes the session: one that was preserved is taken back, one that was retrieved is finished. Puts the files.</summary>");
    }

    private static void EmitMember(IndentedWriter writer, string member, params string[] documentation)
    {
        writer.Line();
        Document(writer, documentation);
        writer.Line(Marked);
        writer.Line(member);
    }

    private static void Document(IndentedWriter writer, params string[] documentation)
    {
        foreach (string line in documentation)
            writer.Line("/// " + line);
    }
}
