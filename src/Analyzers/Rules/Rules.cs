using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LuoHandlers.Analyzers;

/// <summary>The table of all rules. Pages, release notes and descriptors are tested against it.</summary>
internal static class Rules
{
    public static readonly Rule NotPartial = new(
        RuleIds.NotPartial,
        "Make handlers and the types around them partial",
        RuleCategories.Identity,
        DiagnosticSeverity.Error,
        "The generator adds what LUO calls to the handler in a second file; without 'partial' it can't, and the handler is never registered.");

    public static readonly Rule NotRegistrable = new(
        RuleIds.NotRegistrable,
        "Make handlers classes that can be registered",
        RuleCategories.Identity,
        DiagnosticSeverity.Error,
        "LUO calls one handler object for each compatible string. It must be of a class that the generated registration can see and complete.");

    public static readonly Rule InvalidCompatible = new(
        RuleIds.InvalidCompatible,
        "Give handlers a compatible string that LUO can store",
        RuleCategories.Identity,
        DiagnosticSeverity.Error,
        "The next kernel finds the handler of a file by its compatible string alone: 1 to 47 bytes of text, compared exactly.");

    public static readonly Rule ImplementedByHand = new(
        RuleIds.ImplementedByHand,
        "Leave the handler interface to the generator",
        RuleCategories.Identity,
        DiagnosticSeverity.Error,
        "A class is either completed by the generator or implements ILiveUpdateFileHandler itself, not both.");

    public static readonly Rule MissingCallback = new(
        RuleIds.MissingCallback,
        "Write every callback that LUO requires",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Error,
        "LUO refuses to register a handler that lacks can_preserve, preserve, unpreserve, retrieve or finish (EINVAL).");

    public static readonly Rule UnboundParameter = new(
        RuleIds.UnboundParameter,
        "Take only parameters that LUO has at that point",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Error,
        "Parameters are bound by their types: the file, the state or the handle, private data, the retrieve status, Kexec Handover.");

    public static readonly Rule OverloadedCallback = new(
        RuleIds.OverloadedCallback,
        "Don't overload callbacks",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Error,
        "Callbacks are found by name; with two methods of one name it would be chance which one LUO calls.");

    public static readonly Rule InvalidReturn = new(
        RuleIds.InvalidReturn,
        "Return what LUO expects of a callback",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Error,
        "Each callback tells LUO one thing by what it returns: a yes or no, success or an errno, the retrieved file, an identity, or nothing.");

    public static readonly Rule TypesDiffer = new(
        RuleIds.TypesDiffer,
        "Use one file, state and private type in all callbacks",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Error,
        "What one callback saves another reads, maybe in the next kernel: with two types the bytes would be taken for something else.");

    public static readonly Rule WrongPassing = new(
        RuleIds.WrongPassing,
        "Pass parameters the way their value flows",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Error,
        "Preserve writes ('out'), Freeze may change ('ref'), every other callback reads ('in' or by value).");

    public static readonly Rule DuplicateParameter = new(
        RuleIds.DuplicateParameter,
        "Take each thing once",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Error,
        "A callback gets one file, one state, one private object; a second parameter for it has no meaning.");

    public static readonly Rule GenericOrAsyncCallback = new(
        RuleIds.GenericOrAsyncCallback,
        "Write callbacks as plain methods",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Error,
        "LUO calls a callback with its locks held and goes on when it returns: it can't be async, and nothing chooses type arguments for it.");

    public static readonly Rule FileNotNullable = new(
        RuleIds.FileNotNullable,
        "Expect a null file in CanFinish and Finish",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Error,
        "A session can be finished with files in it that were never retrieved, or whose retrieve failed: their file is null.");

    public static readonly Rule NeverPreserved = new(
        RuleIds.NeverPreserved,
        "Read only what Preserve writes",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Error,
        "State, handle and private data begin in Preserve's 'out' parameters; without one, there is nothing that a later callback could read.");

    public static readonly Rule StateAndHandle = new(
        RuleIds.StateAndHandle,
        "Use either a state or the raw handle",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Error,
        "LUO stores one u64 per file. Generated code keeps the state in it or behind it; with 'ulong serializedData' it is the author's.");

    public static readonly Rule StateNotUnmanaged = new(
        RuleIds.StateNotUnmanaged,
        "Keep references out of preserved states",
        RuleCategories.State,
        DiagnosticSeverity.Error,
        "Only bytes reach the next kernel. A reference in them would point to an object that no longer exists.");

    public static readonly Rule NothingReleased = new(
        RuleIds.NothingReleased,
        "Release in Unpreserve and Finish what Preserve takes",
        RuleCategories.LifeCycle,
        DiagnosticSeverity.Warning,
        "What is preserved stays so until somebody gives it up: Unpreserve when the session is closed, Finish when nobody retrieves the file.");

    public static readonly Rule RetrieveStatusIgnored = new(
        RuleIds.RetrieveStatusIgnored,
        "Look at the retrieve status before taking memory back in Finish",
        RuleCategories.LifeCycle,
        DiagnosticSeverity.Warning,
        "Finish runs for files that were never retrieved, that were, and whose retrieve failed; only of the first kind is everything still there.");

    public static readonly Rule AcceptsEveryFile = new(
        RuleIds.AcceptsEveryFile,
        "Accept only the files that the handler can rebuild",
        RuleCategories.LifeCycle,
        DiagnosticSeverity.Error,
        "LUO gives a file to the first handler that accepts it; one that accepts all takes the files of others, and can't rebuild them.");

    public static readonly Rule NeverEnds = new(
        RuleIds.NeverEnds,
        "Let every file that is preserved come back and be finished",
        RuleCategories.LifeCycle,
        DiagnosticSeverity.Warning,
        "A session ends when all its files are finished; a callback that can only refuse keeps it for ever.");

    public static readonly Rule ErrnoSign = new(
        RuleIds.ErrnoSign,
        "Use error numbers with the right sign",
        RuleCategories.LifeCycle,
        DiagnosticSeverity.Error,
        "An Errno is positive, and generated code negates it; a callback that is written by hand returns it negated. Anything else is no failure to LUO.");

    public static readonly Rule FailureReturnsSuccess = new(
        RuleIds.FailureReturnsSuccess,
        "Return the error that was found",
        RuleCategories.LifeCycle,
        DiagnosticSeverity.Warning,
        "A callback that failed and returns Errno.None has succeeded, as far as LUO knows.");

    public static readonly Rule LeakOnFailure = new(
        RuleIds.LeakOnFailure,
        "Give back on failure what was taken",
        RuleCategories.LifeCycle,
        DiagnosticSeverity.Warning,
        "A callback that fails must have undone all that it did: LUO does not call its counterpart.");

    public static readonly Rule UncheckedInput = new(
        RuleIds.UncheckedInput,
        "Check what the previous kernel handed over before relying on it",
        RuleCategories.LifeCycle,
        DiagnosticSeverity.Warning,
        "The incoming state was written by another kernel, maybe of another version; nothing but the handler checks what is in it.");

    public static readonly Rule NarrowedValue = new(
        RuleIds.NarrowedValue,
        "Keep values whole on their way into the state",
        RuleCategories.LifeCycle,
        DiagnosticSeverity.Warning,
        "What does not fit a field of the state is cut off without a word, and the next kernel rebuilds something else.");

    public static readonly Rule StaleSibling = new(
        RuleIds.StaleSibling,
        "Renew in Freeze all of the state that can change",
        RuleCategories.LifeCycle,
        DiagnosticSeverity.Warning,
        "Files stay in use between Preserve and the reboot; only Freeze sees what they are like at the end.");

    public static readonly Rule LostField = new(
        RuleIds.LostField,
        "Hand over in the state what later callbacks need",
        RuleCategories.LifeCycle,
        DiagnosticSeverity.Warning,
        "Retrieve, CanFinish and Finish run in the next kernel, where the fields of the handler have their initial values.");

    public static readonly Rule BlockingFreeze = new(
        RuleIds.BlockingFreeze,
        "Don't wait in Freeze",
        RuleCategories.LifeCycle,
        DiagnosticSeverity.Warning,
        "Freeze runs inside the reboot, for one file after the other: it must not wait for anything that user space or another thread has to do.");

    public static readonly Rule MissingUnfreeze = new(
        RuleIds.MissingUnfreeze,
        "Take back in Unfreeze what Freeze changes",
        RuleCategories.LifeCycle,
        DiagnosticSeverity.Info,
        "When the reboot fails, LUO calls Unfreeze for the files that were frozen, and they go on being used.");

    public static readonly Rule Lease = new(
        RuleIds.Lease,
        "Dispose leases on FLBs, and then leave their objects alone",
        RuleCategories.LifeCycle,
        DiagnosticSeverity.Warning,
        "A lease keeps the object of an FLB alive: without an end the FLB is never finished, and after the end the object may be gone.");

    public static readonly Rule DiscardedResult = new(
        RuleIds.DiscardedResult,
        "Read what calls return of their failure",
        RuleCategories.LifeCycle,
        DiagnosticSeverity.Warning,
        "Methods that return an Errno or a kernel's number do not throw: their result is all that tells of a failure.");

    public static readonly Rule DroppedWrite = new(
        RuleIds.DroppedWrite,
        "Write to the arguments only what LUO takes over",
        RuleCategories.LifeCycle,
        DiagnosticSeverity.Warning,
        "LUO takes over the handle from preserve and freeze, private data from preserve, the file from retrieve; anything else that is written is dropped.");

    public static readonly Rule NullFile = new(
        RuleIds.NullFile,
        "Test the file for null in CanFinish and Finish",
        RuleCategories.LifeCycle,
        DiagnosticSeverity.Warning,
        "A session can be finished with files in it that were never retrieved, or whose retrieve failed: their file is null.");

    /// <summary>All rules, by id.</summary>
    public static ImmutableArray<Rule> All { get; } =
    [
        NotPartial, NotRegistrable, InvalidCompatible, ImplementedByHand,
        MissingCallback, UnboundParameter, OverloadedCallback, InvalidReturn, TypesDiffer, WrongPassing, DuplicateParameter,
        GenericOrAsyncCallback, FileNotNullable, NeverPreserved, StateAndHandle,
        StateNotUnmanaged,
        NothingReleased, RetrieveStatusIgnored, AcceptsEveryFile, NeverEnds, ErrnoSign, FailureReturnsSuccess,
        LeakOnFailure, UncheckedInput, NarrowedValue, StaleSibling, LostField, BlockingFreeze,
        MissingUnfreeze, Lease, DiscardedResult, DroppedWrite, NullFile,
    ];
}
