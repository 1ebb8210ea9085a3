using LuoHandlers.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LuoHandlers.Analyzers;

/// <summary>Finds what a callback does to the file, and its counterpart takes back, where a failure in between leaves it done.</summary>
internal static class FileChange
{
    private static readonly (string Done, string Undone)[] Pairs =
    [
        ("Lock", "Unlock"), ("Freeze", "Unfreeze"), ("Freeze", "Thaw"), ("Pin", "Unpin"), ("Start", "Stop"), ("Stop", "Start"), ("Stop", "Resume"),
        ("Suspend", "Resume"), ("Pause", "Resume"), ("Quiesce", "Resume"), ("Quiesce", "Unquiesce"), ("Enable", "Disable"), ("Disable", "Enable"), ("Block", "Unblock"),
        ("Seal", "Unseal"), ("Mark", "Unmark"), ("Hold", "Release"), ("Acquire", "Release"), ("Attach", "Detach"), ("Detach", "Attach"), ("Mask", "Unmask"),
    ];

    /// <summary>The changes that stay when the callback fails.</summary>
    public static IEnumerable<Leak> FindAll(HandlerCode code, CallbackKind kind, CallbackKind counterpart)
    {
        if (code.FindParameter(kind, ParameterRole.File) is not { } file
            || code.FindParameter(counterpart, ParameterRole.File) is not { } sameFile
            || code.FindBody(kind) is not { } body
            || code.FindBody(counterpart) is not { } undoing
            // A scope may know of it, whatever the order.
            || body.Descendants().Any(operation => operation is IInvocationOperation call && call.RegistersRollback()))
            return [];
        var undone = undoing.OwnDescendants().Where(operation => Name(operation, sameFile) is not null).ToArray();
        return undone.Length == 0 ? [] : LeakFlow.Find(code, kind, IsChange, failsWhenTaking: true);

        // What the counterpart does as well is no change that it takes back.
        bool IsChange(IOperation operation) => Name(operation, file) is { } name && (operation is ISimpleAssignmentOperation set
            ? undone.Any(other => Name(other, sameFile) == name) && !undone.Any(other => other is ISimpleAssignmentOperation same && Name(same, sameFile) == name && Equals(same.Value.ConstantValue, set.Value.ConstantValue))
            : FindCounterparts(name).Any(counterpart => undone.Any(other => Name(other, sameFile) == counterpart)));
    }

    /// <summary>The name of the method that takes back what one of this name does; null if none is known by its name.</summary>
    public static IEnumerable<string> FindCounterparts(string name) =>
        Pairs.Where(pair => StartsWithWord(name, pair.Done)).Select(pair => pair.Undone + name.Substring(pair.Done.Length));

    /// <summary>The property or the method of the file that is set or called here.</summary>
    private static string? Name(IOperation operation, IParameterSymbol file) => operation switch
    {
        ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: { } instance } member, Value.ConstantValue.HasValue: true } when instance.Refers(file) => member.Member.Name,
        IInvocationOperation { Instance: { } instance, Arguments.IsEmpty: true, TargetMethod: { ReturnsVoid: true } method } call when instance.Refers(file) && !call.FreezesMapping() => method.Name,
        _ => null,
    };

    private static bool StartsWithWord(string name, string word) =>
        name.StartsWith(word, StringComparison.Ordinal) && (name.Length == word.Length || char.IsUpper(name[word.Length]));
}
