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
    private const string Refusal = "throw new global::System.InvalidOperationException(\"The typed session is wrong; its LUO errors, which somebody silenced, say why.\")";

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
            session.HasMembers ? "global::System.IDisposable" : null,
            () => writer.Line(session.IsRejected
                ? "// The errors of the build say what is wrong with this session. Until then, it is as if it were there."
                : "// Each property holds a reference on its file. LUO keeps one of its own from Preserve on."));
        if (!session.IsRejected)
        {
            writer.Line(Marked);
            writer.Line($"private readonly {Runtime}::Emulation.TypedSession {Field} = new();");
        }
        foreach (TokenPropertyModel property in session.Properties)
        {
            if (!session.IsRejected)
                EmitField(writer, property);
            EmitProperty(writer, property, session.IsRejected);
        }
        if (session.HasMembers)
            EmitMembers(writer, session);
        GeneratedFile.CloseTypes(writer, session.Declarations);
        return GeneratedFile.Create(Directives, session.Namespace, writer.ToString());
    }

    private static string GetField(TokenPropertyModel property) => SessionBinder.GetField(property.Token);

    private static void EmitField(IndentedWriter writer, TokenPropertyModel property)
    {
        string name = SymbolDisplay.FormatLiteral(property.Name.TrimStart('@'), quote: true);
        writer.Line();
        writer.Line(Marked);
        writer.Line($"private readonly {Property}<{property.FileType}> {GetField(property)} = new({name}, {property.Token}, isOptional: {(property.IsOptional ? "true" : "false")});");
    }

    private static void EmitProperty(IndentedWriter writer, TokenPropertyModel property, bool isRejected)
    {
        string field = GetField(property);
        writer.Line();
        writer.Line(Marked);
        writer.Line($"{property.Modifiers} {property.Type} {property.Name}");
        writer.Open();
        if (property.Getter is { } getter)
            writer.Line($"{getter} => {(isRejected ? Refusal : $"{field}.{(property.IsOptional ? "Optional" : "Required")}")};");
        if (property.Setter is { } setter)
            writer.Line($"{setter} => {(isRejected ? Refusal : $"{field}.Set(value, {Field})")};");
        writer.Close();
    }

    private static void EmitMembers(IndentedWriter writer, SessionModel session)
    {
        string properties = $"[{string.Join(", ", session.Properties.Select(GetField))}]";
        EmitMember(
            writer,
            $"public {Session}? Session => {Or($"{Field}.Session")};",
            "<summary>The session in LUO, while it is preserved or retrieved.</summary>");
        EmitMember(
            writer,
            $"public void Preserve({Device} device, string name) => {Or($"{Field}.Preserve(device, name, {properties})")};",
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
        if (session.IsRejected)
        {
            writer.Line($"{Refusal};");
        }
        else
        {
            writer.Line($"var session = new {session.FullyQualifiedName}();");
            writer.Line($"session.{Field}.Retrieve(device, name, {properties.Replace("__token", "session.__token")});");
            writer.Line("return session;");
        }
        writer.Close();
        EmitMember(
            writer,
            $"public void Finish() => {Or($"{Field}.Finish()")};",
            "<summary>Finishes a retrieved session: LUO gives up what it kept. The files stay.</summary>",
            "<exception cref=\"global::System.InvalidOperationException\">It is not retrieved.</exception>",
            "<exception cref=\"global::LuoHandlers.Uapi.LuoException\">A handler is not done yet; nothing has changed.</exception>");
        EmitMember(
            writer,
            $"public void Dispose() => {Or($"{Field}.Dispose({properties})")};",
            "<summary>Closes the session: one that was preserved is taken back, one that was retrieved is finished. Puts the files.</summary>");

        string Or(string body) => session.IsRejected ? Refusal : body;
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
