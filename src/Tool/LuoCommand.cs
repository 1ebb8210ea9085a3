using System.CommandLine;
using LuoHandlers.Images;
using LuoHandlers.Kho;
using LuoHandlers.Manifests;

namespace LuoHandlers.Tool;

/// <summary>The command <c>luo</c>.</summary>
internal static class LuoCommand
{
    /// <summary>Runs the command.</summary>
    /// <param name="arguments">The command line, without the command's own name.</param>
    /// <param name="output">Where results go, as bytes.</param>
    /// <param name="text">Where help goes.</param>
    /// <param name="error">Where errors go.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, Stream output, TextWriter text, TextWriter error)
    {
        var command = new RootCommand("Looks into memory that a Linux kernel handed over by the Live Update Orchestrator (LUO), and into the ABI of its handlers.")
        {
            InspectCommand.Create(output),
            ExtractCommand.Create(error),
            PreflightCommand.Create(output),
            AbiCommand.Create(text, error),
        };
        ParseResult result = command.Parse(arguments);
        if (result.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError fault in result.Errors)
                error.WriteLine(fault.Message);
            error.WriteLine("Run \"luo --help\" to see what can be asked for.");
            return ExitCode.Usage;
        }
        try
        {
            return result.Invoke(new InvocationConfiguration { Output = text, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is InvalidImageException or InvalidHandoverException or InvalidManifestException or AbiFileException or ErrnoException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine(TerminalText.Printable(e.Message));
            return ExitCode.Failure;
        }
    }
}
