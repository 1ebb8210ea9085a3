using System.CommandLine;
using LuoHandlers.Inspection;

namespace LuoHandlers.Tool;

/// <summary><c>luo extract</c>: the contents of a memfd that was handed over.</summary>
internal static class ExtractCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="error">Where it says what is missing.</param>
    public static Command Create(TextWriter error)
    {
        var image = new ImageArguments();
        var session = new Argument<string>("SESSION") { Description = "The name of the session." };
        var token = new Argument<ulong>("TOKEN") { Description = "The token of the file, decimal or 0x….", CustomParser = ImageArguments.ParseNumber };
        var file = new Option<string>("--output", "-o") { Description = "The file to write; it is overwritten.", HelpName = "FILE", Required = true };
        var command = new Command("extract", "Writes the contents of a memfd that was handed over into a file.");
        image.AddTo(command);
        command.Arguments.Add(session);
        command.Arguments.Add(token);
        command.Options.Add(file);
        command.SetAction(result =>
        {
            using HandoverReport report = image.Read(result);
            return Extract(report, result.GetRequiredValue(session), result.GetValue(token), result.GetRequiredValue(file), error);
        });
        return command;
    }

    private static int Extract(HandoverReport report, string session, ulong token, string path, TextWriter error)
    {
        if (report.Sessions.All(candidate => candidate.Name != session))
        {
            string names = string.Join(", ", report.Sessions.Select(candidate => $"\"{TerminalText.Printable(candidate.Name)}\""));
            error.WriteLine($"There is no session \"{session}\". There are: {names}.");
            return ExitCode.Failure;
        }
        if (report.FindFile(session, token) is not { } file)
        {
            error.WriteLine($"The session \"{session}\" has no file of the token {Number.ToHex(token)}.");
            return ExitCode.Failure;
        }
        if (file.Memfd is not { } memfd)
        {
            error.WriteLine($"The file is of the type \"{TerminalText.Printable(file.Compatible)}\": only the contents of memfds can be extracted.");
            return ExitCode.Failure;
        }
        using FileStream stream = File.Create(path);
        memfd.CopyContentsTo(stream);
        return ExitCode.Success;
    }
}
