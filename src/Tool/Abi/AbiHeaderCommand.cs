using System.CommandLine;

namespace LuoHandlers.Tool;

/// <summary><c>luo abi header</c>: the states of an assembly as a C header.</summary>
internal static class AbiHeaderCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="text">Where the header goes if no file is named.</param>
    /// <param name="error">Where it says what is missing.</param>
    public static Command Create(TextWriter text, TextWriter error)
    {
        var assembly = new Argument<string>("ASSEMBLY") { Description = "A built assembly with handlers, or a lock file." };
        var file = new Option<string?>("--output", "-o") { Description = "The file to write; it is overwritten. Without it, the header is written to the terminal.", HelpName = "FILE" };
        var command = new Command("header", "Writes a C header with every state: packed, of types of fixed width, its size and offsets asserted.")
        {
            assembly,
            file,
        };
        command.SetAction(result =>
        {
            string path = result.GetRequiredValue(assembly);
            var descriptions = AbiVersion.Read(path).Descriptions.Where(each => each.Value is not null).ToDictionary(each => each.Key, each => each.Value!);
            if (descriptions.Count == 0)
            {
                error.WriteLine($"{TerminalText.Printable(path)} has no handler and no FLB of which a layout is known.");
                return ExitCode.Failure;
            }
            string header = CHeader.Write(Path.GetFileNameWithoutExtension(path), descriptions);
            if (result.GetValue(file) is { } output)
                File.WriteAllText(output, header);
            else
                text.Write(header);
            return ExitCode.Success;
        });
        return command;
    }
}
