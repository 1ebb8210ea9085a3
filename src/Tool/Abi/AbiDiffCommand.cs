using System.CommandLine;
using LuoHandlers.Abi;

namespace LuoHandlers.Tool;

/// <summary><c>luo abi diff</c>: what changed from one version to another.</summary>
internal static class AbiDiffCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="text">Where the changes go.</param>
    public static Command Create(TextWriter text)
    {
        var before = new Argument<string>("BEFORE") { Description = "A lock file or a built assembly: the version that hands over." };
        var after = new Argument<string>("AFTER") { Description = "The same of the version that takes over." };
        var command = new Command(
            "diff",
            "Compares what two versions hand over. The exit code is 0 if nothing changed that matters, and otherwise a sum: 4 for what a person must review, 8 for what can't be taken over; 1 and 2 are errors.")
        {
            before,
            after,
        };
        command.SetAction(result =>
        {
            AbiVersion old = AbiVersion.Read(result.GetRequiredValue(before));
            AbiVersion current = AbiVersion.Read(result.GetRequiredValue(after));
            return Compare(old, current, text);
        });
        return command;
    }

    private static int Compare(AbiVersion before, AbiVersion after, TextWriter text)
    {
        int code = ExitCode.Success;
        foreach (string compatible in before.Descriptions.Keys.Union(after.Descriptions.Keys).Order(StringComparer.Ordinal))
        {
            foreach (AbiChange change in CompareString(compatible, before, after))
            {
                code |= change.Verdict switch
                {
                    AbiVerdict.NeedsBump => ExitCode.Incompatible,
                    AbiVerdict.NeedsReview => ExitCode.NeedsReview,
                    _ => ExitCode.Success,
                };
                string verdict = change.Verdict switch
                {
                    AbiVerdict.NeedsBump => "incompatible",
                    AbiVerdict.NeedsReview => "needs review",
                    _ => "compatible",
                };
                text.WriteLine(TerminalText.Printable($"{compatible}: {verdict}: {change.Text}"));
            }
        }
        return code;
    }

    private static IEnumerable<AbiChange> CompareString(string compatible, AbiVersion before, AbiVersion after)
    {
        if (!before.Descriptions.TryGetValue(compatible, out AbiDescription? old))
            return [new AbiChange(AbiVerdict.Compatible, "it is new", null)];
        if (after.Descriptions.TryGetValue(compatible, out AbiDescription? current))
        {
            if (old is null || current is null)
                return old == current ? [] : [new AbiChange(AbiVerdict.NeedsReview, "its layout is known on one side only", null)];
            return AbiComparer.Compare(old, current).Concat(AbiComparer.CompareReaders(old, current));
        }
        return after.Retired.Contains(compatible)
            ? [new AbiChange(AbiVerdict.NeedsReview, "it is retired", null)]
            : [new AbiChange(AbiVerdict.NeedsBump, "nothing retrieves it any more", null)];
    }
}
