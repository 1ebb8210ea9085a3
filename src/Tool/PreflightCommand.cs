using System.CommandLine;
using System.Text;
using LuoHandlers.Inspection;
using LuoHandlers.Manifests;

namespace LuoHandlers.Tool;

/// <summary><c>luo preflight</c>: what of that which was handed over a program could not take.</summary>
internal static class PreflightCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="output">Where the result goes.</param>
    public static Command Create(Stream output)
    {
        var image = new ImageArguments();
        var program = new Argument<string>("PROGRAM") { Description = "A .NET program with its assembly beside it, or that assembly (.dll). It is read, not run." };
        var command = new Command(
            "preflight",
            $"Lists what a program could not take of what was handed over. Ends with {ExitCode.Loss} if there is any, with {ExitCode.NotChecked} if not all could be checked, else with {ExitCode.Success}.");
        image.AddTo(command);
        command.Arguments.Add(program);
        command.SetAction(result =>
        {
            ProgramManifest manifest = ProgramManifest.Read(result.GetRequiredValue(program));
            using HandoverReport report = image.Read(result);
            return Write(manifest, report.Preflight(manifest), output);
        });
        return command;
    }

    private static int Write(ProgramManifest manifest, PreflightReport report, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var accepted = new TextTable("compatible", "kind");
        foreach (AcceptedAbi abi in manifest.Accepted)
            accepted.Add(TerminalText.Printable(abi.Compatible), abi.Kind == LiveUpdateAbiKind.Flb ? "FLB" : "file");
        text.WriteLine($"{TerminalText.Printable(manifest.Path)} retrieves: {manifest.Accepted.Count}");
        accepted.Write(text);
        text.WriteLine();
        text.WriteLine($"Would be lost: {report.Losses.Count}");
        foreach (PreflightLoss loss in report.Losses)
            text.WriteLine($"  {TerminalText.Printable(loss.ToString())}");
        text.WriteLine();
        text.WriteLine($"Not checked: {report.NotChecked.Count}");
        foreach (string reason in report.NotChecked)
            text.WriteLine($"  {TerminalText.Printable(reason)}");
        if (report.HasLosses)
            return ExitCode.Loss;
        return report.IsComplete ? ExitCode.Success : ExitCode.NotChecked;
    }
}
