using System.CommandLine;
using LuoHandlers.Inspection;

namespace LuoHandlers.Tool;

/// <summary><c>luo inspect</c>: what was handed over, as a table or as JSON.</summary>
internal static class InspectCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the result goes.</param>
    public static Command Create(Stream output)
    {
        var image = new ImageArguments();
        var json = new Option<bool>("--json") { Description = "Write JSON, with the SHA-256 of every memfd's contents." };
        var command = new Command("inspect", "Shows what was handed over: preserved memory, FLBs, sessions and their files.");
        image.AddTo(command);
        command.Options.Add(json);
        command.SetAction(result =>
        {
            using HandoverReport report = image.Read(result);
            if (result.GetValue(json))
                ReportJson.Write(report, output);
            else
                ReportText.Write(report, output);
            return ExitCode.Success;
        });
        return command;
    }
}
