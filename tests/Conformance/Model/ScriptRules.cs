using System.Text.Json;

namespace LuoHandlers.Conformance.Model;

/// <summary>
/// What a script may say depends on the callback. It is checked before anything runs: inside a callback a mistake in the script would look
/// like a handler that fails.
/// </summary>
internal static class ScriptRules
{
    /// <exception cref="InvalidScenarioException">A script says what its callback can't do.</exception>
    public static void Check(ScenarioKernel kernel)
    {
        HashSet<string> flbs = [.. kernel.Flbs.Select(flb => flb.Id)];
        foreach (HandlerDefinition handler in kernel.Handlers)
        {
            foreach ((FileCallback callback, IReadOnlyList<FileScriptEntry> entries) in handler.Script)
            {
                foreach (FileScriptEntry entry in entries)
                    Check(handler, callback, entry, flbs);
            }
        }
        foreach (FlbDefinition flb in kernel.Flbs)
        {
            foreach ((FlbCallback callback, IReadOnlyList<FlbScriptEntry> entries) in flb.Script)
            {
                bool answers = callback is FlbCallback.Preserve or FlbCallback.Retrieve;
                if (!answers && entries.Any(entry => entry.Ret is not null || entry.Data is not null || entry.LeavesObjectNull))
                    throw new InvalidScenarioException($"the script of {callback} of the FLB \"{flb.Id}\" gives a result, which it has not");
            }
        }
    }

    private static void Check(HandlerDefinition handler, FileCallback callback, FileScriptEntry entry, HashSet<string> flbs)
    {
        bool isAnswer = callback is FileCallback.CanPreserve or FileCallback.CanFinish;
        bool isResult = callback is FileCallback.Preserve or FileCallback.Freeze or FileCallback.Retrieve;
        bool isRetFitting = entry.Ret.ValueKind switch
        {
            JsonValueKind.Undefined => true,
            JsonValueKind.True or JsonValueKind.False => isAnswer,
            JsonValueKind.Number => isResult && entry.Ret.TryGetInt32(out _),
            _ => false,
        };
        Require(isRetFitting, "ret");
        Require(isResult || (entry.Data is null && !entry.IsPrivGiven), "data or priv");
        Require(callback == FileCallback.Retrieve || entry.Ino is null, "ino");
        Require(callback != FileCallback.GetId || entry.Calls.Count == 0, "calls");
        foreach (FlbCall call in entry.Calls)
            Require(flbs.Contains(call.Flb), $"call of the FLB \"{call.Flb}\"");

        void Require(bool isRight, string what)
        {
            if (!isRight)
                throw new InvalidScenarioException($"the script of {callback} of the handler \"{handler.Id}\" has a wrong {what}");
        }
    }
}
