using System.CommandLine;

namespace LuoHandlers.Tool;

/// <summary><c>luo abi</c>: what handlers hand over, as the ABI lock and built assemblies say it.</summary>
internal static class AbiCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="text">Where results go.</param>
    /// <param name="error">Where errors go.</param>
    public static Command Create(TextWriter text, TextWriter error) =>
        new("abi", "Ships, compares and writes as C what handlers and FLBs hand over.")
        {
            AbiShipCommand.Create(text),
            AbiDiffCommand.Create(text),
            AbiHeaderCommand.Create(text, error),
        };
}
