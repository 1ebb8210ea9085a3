using System.Text;
using LuoHandlers.Generator.Model;

namespace LuoHandlers.Generator.Emit;

/// <summary>Writes the file of a class that the generator failed on: the build stops there, by name, and the others are not touched.</summary>
internal static class FailureEmitter
{
    public static string Emit(TypeFailure failure)
    {
        IndentedWriter writer = GeneratedFile.Begin();
        writer.Line($"#error LuoHandlers failed to generate {failure.TypeName}; this is a mistake in the generator: {OneLine(failure.Message)}");
        return writer.ToString();
    }

    private static string OneLine(string message)
    {
        var line = new StringBuilder(message.Length);
        foreach (char character in message)
            line.Append(char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character);
        return line.ToString();
    }
}
