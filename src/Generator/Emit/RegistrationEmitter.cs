using LuoHandlers.Generator.Binding;
using LuoHandlers.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LuoHandlers.Generator.Emit;

/// <summary>Writes how an assembly's handlers, and those of the assemblies that it references, get registered.</summary>
internal static class RegistrationEmitter
{
    public const string HintName = "LuoHandlers.Registration.g.cs";

    private const LanguageVersion OldestLanguageVersion = LanguageVersion.CSharp12;
    private const string Kernel = "global::" + WellKnownTypeNames.Kernel;
    private const string ClassName = "Registration";

    private static string Marked { get; } = GeneratedFile.MarkGenerated("global::System.CodeDom.Compiler.GeneratedCode");

    public static string Emit(RegistrationModel registration)
    {
        IndentedWriter writer = GeneratedFile.Begin();
        string ownNamespace = $"LuoHandlers.Generated.{AssemblyIdentifier.Create(registration.Assembly.Name)}";
        EmitAliases(writer, registration);
        if (registration.Assembly.LanguageVersion < OldestLanguageVersion)
            writer.Line(
                $"#error LuoHandlers needs C# {OldestLanguageVersion.ToDisplayString()} or later, but LangVersion is {registration.Assembly.LanguageVersion.ToDisplayString()}: raise LangVersion in the project file");
        writer.Line();
        if (registration.Handlers.Count > 0)
        {
            EmitManifest(writer, registration, ownNamespace);
            writer.Line($"namespace {ownNamespace}");
            writer.Open();
            EmitOwn(writer, registration);
            writer.Close();
            writer.Line();
        }
        writer.Line("namespace LuoHandlers.Emulation");
        writer.Open();
        EmitAll(writer, registration, ownNamespace);
        writer.Close();
        writer.Line();
        EmitEmbeddedAttribute(writer);
        return writer.ToString();
    }

    private static void EmitAliases(IndentedWriter writer, RegistrationModel registration)
    {
        foreach (string alias in registration.References.Select(reference => reference.Alias).Where(alias => alias != MetadataReferenceProperties.GlobalAlias).Distinct())
            writer.Line($"extern alias {Alias(alias)};");
    }

    private static void EmitManifest(IndentedWriter writer, RegistrationModel registration, string ownNamespace)
    {
        string compatibles = string.Join(
            ", ",
            registration.Handlers
                .SelectMany(handler => handler.OlderCompatibles.Prepend(handler.Compatible))
                .Distinct()
                .OrderBy(compatible => compatible, StringComparer.Ordinal)
                .Select(compatible => SymbolDisplay.FormatLiteral(compatible, quote: true)));
        writer.Line($"[assembly: global::LuoHandlers.LiveUpdateHandlers(typeof(global::{ownNamespace}.{ClassName}), {compatibles})]");
        writer.Line();
    }

    private static void EmitOwn(IndentedWriter writer, RegistrationModel registration)
    {
        writer.Line($"/// <summary>Registers the live-update handlers of {EscapeXml(registration.Assembly.Name)}.</summary>");
        var others = registration.Handlers.Where(handler => !handler.IsConstructible).ToList();
        if (others.Count > 0)
        {
            writer.Line("/// <remarks>Not registered, because they have no constructor without parameters: pass an instance to Kernel.RegisterFileHandler.");
            foreach (HandlerRegistration handler in others)
                writer.Line($"/// {EscapeXml(handler.DisplayName)} ({EscapeXml(handler.Compatible)})");
            writer.Line("/// </remarks>");
        }
        writer.Line(Marked);
        writer.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
        writer.Line($"public static class {ClassName}");
        writer.Open();
        writer.Line("/// <summary>Registers the handlers of this assembly, and no others.</summary>");
        writer.Line("/// <param name=\"kernel\">The kernel that is to know them.</param>");
        writer.Line($"public static void Register({Kernel} kernel)");
        writer.Open();
        writer.Line("global::System.ArgumentNullException.ThrowIfNull(kernel);");
        foreach (HandlerRegistration handler in registration.Handlers.Where(handler => handler.IsConstructible))
            writer.Line($"kernel.RegisterFileHandler(new {handler.FullyQualifiedName}());");
        writer.Close();
        writer.Close();
    }

    // Embedded: an assembly that sees this one's internals must not find two of these methods.
    private static void EmitAll(IndentedWriter writer, RegistrationModel registration, string ownNamespace)
    {
        writer.Line("/// <summary>Registers generated handlers.</summary>");
        writer.Line(Marked);
        writer.Line("[global::Microsoft.CodeAnalysis.Embedded]");
        writer.Line("internal static class GeneratedHandlerRegistration");
        writer.Open();
        writer.Line("/// <summary>Registers the handlers of the referenced assemblies and of this one.</summary>");
        writer.Line("/// <param name=\"kernel\">The kernel that is to know them.</param>");
        writer.Line($"public static void RegisterGeneratedHandlers(this {Kernel} kernel)");
        writer.Open();
        foreach (ReferencedRegistration reference in registration.References)
            writer.Line($"{Alias(reference.Alias)}::{Identifier.EscapeDotted(reference.TypeName)}.Register(kernel);");
        if (registration.Handlers.Count > 0)
            writer.Line($"global::{ownNamespace}.{ClassName}.Register(kernel);");
        writer.Close();
        writer.Close();
    }

    // The compiler knows it by its name. Here, and not as a file of every compilation: that file would be added, and all declarations merged anew, at each
    // keystroke. Partial, because other generators define it, too; an attribute on it could be theirs already.
    private static void EmitEmbeddedAttribute(IndentedWriter writer)
    {
        writer.Line("namespace Microsoft.CodeAnalysis");
        writer.Open();
        writer.Line("internal sealed partial class EmbeddedAttribute : global::System.Attribute { }");
        writer.Close();
    }

    private static string Alias(string alias) => alias == MetadataReferenceProperties.GlobalAlias ? alias : Identifier.Escape(alias);

    private static string EscapeXml(string text)
    {
        // Whatever can't stand in a comment of one line can't stand in a name either, except in a compatible string.
        string line = new([.. text.Select(character => char.IsControl(character) ? ' ' : character)]);
        return line.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
    }
}
