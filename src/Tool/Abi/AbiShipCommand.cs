using System.CommandLine;
using LuoHandlers.Abi;

namespace LuoHandlers.Tool;

/// <summary><c>luo abi ship</c>: freezes what is to be shipped.</summary>
internal static class AbiShipCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="text">Where it says what it did.</param>
    public static Command Create(TextWriter text)
    {
        var folder = new Argument<string>("DIR") { Description = "The folder of the project.", DefaultValueFactory = _ => "." };
        var command = new Command("ship", $"Moves all of {AbiLockFile.UnshippedName} to {AbiLockFile.ShippedName}, for a release: from then on none of it may change.")
        {
            folder,
        };
        command.SetAction(result => Ship(result.GetRequiredValue(folder), text));
        return command;
    }

    private static int Ship(string folder, TextWriter text)
    {
        string shippedPath = Path.Combine(folder, AbiLockFile.ShippedName);
        string unshippedPath = Path.Combine(folder, AbiLockFile.UnshippedName);
        if (!File.Exists(unshippedPath))
            throw new AbiFileException($"{folder}:", $"there is no {AbiLockFile.UnshippedName} here. Name the folder of the project, which has one if its handlers' ABI is locked.");
        string unshipped = AbiLockSource.ReadText(unshippedPath);
        string shipped = File.Exists(shippedPath) ? AbiLockSource.ReadText(shippedPath) : AbiLockText.Create("\n");
        AbiLockFile draft = AbiLockSource.Parse(unshippedPath, unshipped);
        AbiLockFile known = AbiLockSource.Parse(shippedPath, shipped);
        foreach (AbiLockEntry entry in draft.Entries.Values.Where(entry => !entry.IsRetired))
        {
            if (known.Entries.TryGetValue(entry.Compatible, out AbiLockEntry? before) && (before.IsRetired || (before.Description is not null && entry.Description is not null)))
                throw new AbiFileException(unshippedPath, $"describes \"{entry.Compatible}\", which was {(before.IsRetired ? "retired" : "shipped")} already.");
        }
        (shipped, unshipped) = AbiLockText.Ship(shipped, unshipped);
        // What the lines give together may be wrong although each of them was right.
        AbiLockSource.Parse(shippedPath, shipped);
        // In this order: what is in both files is found by the rules, what is in none is not.
        File.WriteAllText(shippedPath, shipped);
        File.WriteAllText(unshippedPath, unshipped);
        foreach (AbiLockEntry entry in draft.Entries.Values.OrderBy(entry => entry.Compatible, StringComparer.Ordinal))
            text.WriteLine($"{entry.Compatible}: {(entry.IsRetired ? "retired" : "shipped")}");
        if (draft.Entries.Count == 0)
            text.WriteLine("Nothing was to be shipped.");
        return ExitCode.Success;
    }
}
