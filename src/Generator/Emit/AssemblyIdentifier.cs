using System.Globalization;
using System.Text;
using LuoHandlers.Generator.Model;

namespace LuoHandlers.Generator.Emit;

/// <summary>Turns an assembly's name into an identifier, different for different names.</summary>
/// <remarks>A dot becomes <c>_</c>, an underscore <c>__</c>, and whatever can't stand in an identifier <c>_x</c> and its four digits.</remarks>
internal static class AssemblyIdentifier
{
    public static string Create(string assemblyName)
    {
        var identifier = new StringBuilder(assemblyName.Length);
        for (int i = 0; i < assemblyName.Length; i++)
        {
            char character = assemblyName[i];
            if (character == '_')
                identifier.Append("__");
            else if (character == '.' && i > 0 && i + 1 < assemblyName.Length && IsPlain(assemblyName[i + 1]) && assemblyName[i + 1] != 'x')
                identifier.Append('_');
            else if (IsPlain(character) && (i > 0 || !IsDigit(character)))
                identifier.Append(character);
            else
                identifier.Append("_x").Append(((int)character).ToString("X4", CultureInfo.InvariantCulture));
        }
        return Identifier.Escape(identifier.ToString());
    }

    private static bool IsPlain(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') || IsDigit(character);

    private static bool IsDigit(char character) => character is >= '0' and <= '9';
}
