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

    public static readonly Rule CompatibleNotPrintable = new(
        RuleIds.CompatibleNotPrintable,
        "Write compatible strings in printable ASCII without blanks",
        RuleCategories.Identity,
        DiagnosticSeverity.Error,
        "LUO compares compatible strings byte by byte. With blanks or other alphabets two can look the same and differ.");

    public static readonly Rule CompatibleWithoutVersion = new(
        RuleIds.CompatibleWithoutVersion,
        "End compatible strings in a version",
        RuleCategories.Identity,
        DiagnosticSeverity.Warning,
        "The compatible string is the only version that LUO knows. Without one in it, a changed state is read as if it were the old one.");

    public static readonly Rule InvalidVersion = new(
        RuleIds.InvalidVersion,
        "Count versions from 1, without leading zeros",
        RuleCategories.Identity,
        DiagnosticSeverity.Warning,
        "LUO compares the version as text: '-v1' and '-v01' are two handlers to it.");

    public static readonly Rule DuplicateCompatible = new(
        RuleIds.DuplicateCompatible,
        "Give each handler a compatible string of its own",
        RuleCategories.Identity,
        DiagnosticSeverity.Error,
        "LUO registers one handler for each compatible string and refuses the second (EEXIST), also when it comes from another assembly.");

    public static readonly Rule SimilarCompatible = new(
        RuleIds.SimilarCompatible,
        "Tell compatible strings apart by more than case or separators",
        RuleCategories.Identity,
        DiagnosticSeverity.Info,
        "To LUO such strings differ, to a reader they don't: one slip, and the next kernel finds another handler or none.");

    public static readonly Rule NotSealed = new(
        RuleIds.NotSealed,
        "Seal handlers",
        RuleCategories.Identity,
        DiagnosticSeverity.Info,
        "A class that derives from a handler is no handler: the attribute is not inherited, and LUO is given an object of the class itself.",
        isEnabledByDefault: false);

    public static readonly Rule NotConstructible = new(
        RuleIds.NotConstructible,
        "Let somebody construct handlers",
        RuleCategories.Identity,
        DiagnosticSeverity.Warning,
        "LUO calls a handler object. The generated registration makes it, or the caller does; with private constructors that nothing calls, nobody can.");

    public static readonly Rule InvalidMinimumKernel = new(
        RuleIds.InvalidMinimumKernel,
        "Name a kernel in LuoMinimumKernel",
        RuleCategories.Identity,
        DiagnosticSeverity.Warning,
        "The property says which is the oldest kernel that the handlers are for; with any other text the newest one is assumed.");

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

    public static readonly Rule LookAlike = new(
        RuleIds.LookAlike,
        "Name callbacks exactly",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Warning,
        "Callbacks are found by their names. A method whose name is nearly that of a callback is an ordinary method, which nobody calls.");

    public static readonly Rule WrongIdentity = new(
        RuleIds.WrongIdentity,
        "Let GetId name the object behind the file",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Warning,
        "LUO refuses to preserve two files of one identity (EBUSY). It has to be the same for all files of one object, for as long as they are preserved, and another for every other object.");

    public static readonly Rule IdentityNotAsked = new(
        RuleIds.IdentityNotAsked,
        "Don't rely on GetId before Linux 7.2",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Warning,
        "Kernels before 7.2 don't know get_id: there a file may be preserved any number of times, in one session or in several.");

    public static readonly Rule FailureNotTold = new(
        RuleIds.FailureNotTold,
        "Don't rely on a failed RetrieveStatus in Linux 6.19",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Warning,
        "Linux 6.19 has a yes or no instead of the status: a file whose retrieve failed looks like one that nobody asked for.");

    public static readonly Rule HandleCleared = new(
        RuleIds.HandleCleared,
        "Expect a cleared handle after a failed reboot in Linux 6.19",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Warning,
        "Linux 6.19 sets the handle of every thawed file to 0: the next freeze and unpreserve get nothing of what preserve saved.");

    public static readonly Rule RetrieveAgain = new(
        RuleIds.RetrieveAgain,
        "Expect Retrieve to be called again in Linux 6.19",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Warning,
        "Linux 6.19 does not remember that a retrieve failed: the next request calls it again with the same handle.");

    public static readonly Rule FlbsMissing = new(
        RuleIds.FlbsMissing,
        "Don't use FLBs before Linux 7.0",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Warning,
        "Linux 6.19 has no file-lifecycle-bound objects: there is nothing that an FLB could be linked to, and a handler that needs one is not registered.");

    public static readonly Rule TooManyFiles = new(
        RuleIds.TooManyFiles,
        "Keep a session within 128 files before Linux 7.2",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Warning,
        "Linux 6.19 and 7.0 hand over the files of a session in an array of 128 entries: one file more is refused (ENOSPC).");

    public static readonly Rule DependencyCycle = new(
        RuleIds.DependencyCycle,
        "Don't let files depend on each other in a circle",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Error,
        "A file that another one depends on is preserved first; in a circle none can be.");

    public static readonly Rule InvalidDependency = new(
        RuleIds.InvalidDependency,
        "Declare the files that others depend on, and take their tokens",
        RuleCategories.Callbacks,
        DiagnosticSeverity.Error,
        "A dependency is declared by [DependsOn], checked in Preserve, which takes the token, and found again in Retrieve by it.");

    public static readonly Rule StateNotUnmanaged = new(
        RuleIds.StateNotUnmanaged,
        "Keep references out of preserved states",
        RuleCategories.State,
        DiagnosticSeverity.Error,
        "Only bytes reach the next kernel. A reference in them would point to an object that no longer exists.");

    public static readonly Rule ProcessAddress = new(
        RuleIds.ProcessAddress,
        "Keep addresses, handles and locks of this process out of preserved states",
        RuleCategories.State,
        DiagnosticSeverity.Error,
        "The bytes reach the next kernel, but what they point to ends with this process: memory, handles, the threads that wait for a lock.");

    public static readonly Rule UnspecifiedBytes = new(
        RuleIds.UnspecifiedBytes,
        "Use types whose bytes are specified",
        RuleCategories.State,
        DiagnosticSeverity.Error,
        "The bytes of a state are its ABI. Types whose values or layout are .NET's own business have none that the next kernel could rely on.");

    public static readonly Rule EnumWithoutType = new(
        RuleIds.EnumWithoutType,
        "Write the underlying type of enums in preserved states",
        RuleCategories.State,
        DiagnosticSeverity.Warning,
        "An enum in a state takes as many bytes as its underlying type; written out, nobody changes it by accident.");

    public static readonly Rule AutomaticLayout = new(
        RuleIds.AutomaticLayout,
        "Lay out preserved states in the order of their fields",
        RuleCategories.State,
        DiagnosticSeverity.Error,
        "With LayoutKind.Auto each runtime may order the fields as it likes; the next one reads them where it would have put them.");

    public static readonly Rule HiddenPadding = new(
        RuleIds.HiddenPadding,
        "Leave no hidden padding in preserved states",
        RuleCategories.State,
        DiagnosticSeverity.Error,
        "Bytes between fields are handed over with whatever was there, and can never be used for a new field: nobody can tell zero from garbage.");

    public static readonly Rule GenericState = new(
        RuleIds.GenericState,
        "Don't make preserved states generic",
        RuleCategories.State,
        DiagnosticSeverity.Error,
        "A compatible string stands for one layout. A generic state has as many as it has type arguments.");

    public static readonly Rule StateTooLarge = new(
        RuleIds.StateTooLarge,
        "Keep preserved states within 4 MiB",
        RuleCategories.State,
        DiagnosticSeverity.Error,
        "A state lies in one block of pages, and the page allocator has none larger than 4 MiB: preserve would always fail (E2BIG).");

    public static readonly Rule EmptyState = new(
        RuleIds.EmptyState,
        "Don't preserve empty states",
        RuleCategories.State,
        DiagnosticSeverity.Warning,
        "A state without fields hands nothing over; the one byte that it takes means nothing.");

    public static readonly Rule FieldNeverWritten = new(
        RuleIds.FieldNeverWritten,
        "Write every field of the state",
        RuleCategories.State,
        DiagnosticSeverity.Warning,
        "A field that neither Preserve nor Freeze writes reaches the next kernel as zero, whatever it stands for.");

    public static readonly Rule FieldNeverRead = new(
        RuleIds.FieldNeverRead,
        "Read every field of the state",
        RuleCategories.State,
        DiagnosticSeverity.Warning,
        "A field that Retrieve does not read is lost in the live update: the retrieved file is not what was preserved.");

    public static readonly Rule ReservedNotZero = new(
        RuleIds.ReservedNotZero,
        "Keep reserved fields zero, and refuse others",
        RuleCategories.State,
        DiagnosticSeverity.Info,
        "A reserved field can get a meaning only if it was zero until then on one side and everything else was refused on the other.");

    public static readonly Rule ConditionalState = new(
        RuleIds.ConditionalState,
        "Hand over the same state in every build and on every machine",
        RuleCategories.State,
        DiagnosticSeverity.Warning,
        "The compatible string is all that the next kernel knows of the state. What depends on the build or the machine needs a string of its own.");

    public static readonly Rule AbiLockMissing = new(
        RuleIds.AbiLockMissing,
        "Write down what handlers hand over",
        RuleCategories.State,
        DiagnosticSeverity.Info,
        "The ABI lock, two text files beside the project, notices when what is handed over under a compatible string changes.");

    public static readonly Rule AbiNotDeclared = new(
        RuleIds.AbiNotDeclared,
        "Declare what is handed over",
        RuleCategories.State,
        DiagnosticSeverity.Warning,
        "What stands in a lock file can't change unnoticed. LUO itself compares nothing but the compatible string.");

    public static readonly Rule AbiGone = new(
        RuleIds.AbiGone,
        "Keep handlers of strings that were shipped",
        RuleCategories.State,
        DiagnosticSeverity.Error,
        "A kernel that was shipped still hands files over under its strings. Where no handler has one of them, LUO restores none of the sessions.");

    public static readonly Rule AbiChanged = new(
        RuleIds.AbiChanged,
        "Give what is handed over a new version when it changes",
        RuleCategories.State,
        DiagnosticSeverity.Error,
        "The compatible string is all that tells one layout from another. A layout that was shipped never changes; the new one gets a string of its own.");

    public static readonly Rule AbiToReview = new(
        RuleIds.AbiToReview,
        "Review changes that move no byte",
        RuleCategories.State,
        DiagnosticSeverity.Info,
        "Another name, another constant or a new member of an enum leaves the bytes where they are, but may change what they mean.");

    public static readonly Rule AbiRetiredReused = new(
        RuleIds.AbiRetiredReused,
        "Don't use retired strings again",
        RuleCategories.State,
        DiagnosticSeverity.Error,
        "A string that was given up may still be handed over by an old kernel, with the old state behind it.");

    public static readonly Rule AbiDraftDrifted = new(
        RuleIds.AbiDraftDrifted,
        "Keep the draft as the code is",
        RuleCategories.State,
        DiagnosticSeverity.Warning,
        "What LuoAbi.Unshipped.txt says is what the next release freezes.");

    public static readonly Rule AbiVersionOrder = new(
        RuleIds.AbiVersionOrder,
        "Count versions up by one",
        RuleCategories.State,
        DiagnosticSeverity.Warning,
        "The versions of a string say in which order they came. A gap or a step back says that something was shipped that is not known here.");

    public static readonly Rule AbiReaderDropped = new(
        RuleIds.AbiReaderDropped,
        "Retrieve what older versions handed over",
        RuleCategories.State,
        DiagnosticSeverity.Error,
        "A live update jumps from the version that was shipped to this one. What it can't retrieve is lost, and LUO finds that out when it is too late.");

    public static readonly Rule AbiLockInvalid = new(
        RuleIds.AbiLockInvalid,
        "Keep the lock files readable",
        RuleCategories.State,
        DiagnosticSeverity.Error,
        "A lock file that can't be read locks nothing. No other rule looks at it then.");

    public static readonly Rule AbiLockDuplicate = new(
        RuleIds.AbiLockDuplicate,
        "State each fact once",
        RuleCategories.State,
        DiagnosticSeverity.Warning,
        "A line that is there twice, after a merge for example, does no harm by itself, until one of the two is changed.");

    public static readonly Rule InvalidUpgrade = new(
        RuleIds.InvalidUpgrade,
        "Let upgrades make the state of today out of an old one",
        RuleCategories.State,
        DiagnosticSeverity.Error,
        "An upgrade takes the state of an older version and gives the one that the handler's callbacks read.");

    public static readonly Rule AmbiguousUpgrade = new(
        RuleIds.AmbiguousUpgrade,
        "Retrieve each older version in one place",
        RuleCategories.State,
        DiagnosticSeverity.Error,
        "LUO finds one handler for the compatible string of a file: a string that is read in two places can't be registered (EEXIST).");

    public static readonly Rule MisplacedUpgrade = new(
        RuleIds.MisplacedUpgrade,
        "Write upgrades as methods of file handlers",
        RuleCategories.State,
        DiagnosticSeverity.Error,
        "Only what is registered under an older string can read what was preserved under it, and only file handlers can be registered for reading alone.");

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

    public static readonly Rule WrongUnit = new(
        RuleIds.WrongUnit,
        "Don't take page numbers for addresses",
        RuleCategories.LifeCycle,
        DiagnosticSeverity.Error,
        "A page number is an address divided by the size of a page. Their types keep them apart until somebody takes the plain number out of one and puts it into the other.");

    public static readonly Rule GivenBack = new(
        RuleIds.GivenBack,
        "Leave alone what was given back",
        RuleCategories.LifeCycle,
        DiagnosticSeverity.Warning,
        "Memory, files and sessions that were given back may be somebody else's already; they can't be used or given back again.");

    public static readonly Rule InvalidTokenProperty = new(
        RuleIds.InvalidTokenProperty,
        "Declare token properties that the generator can implement",
        RuleCategories.Sessions,
        DiagnosticSeverity.Error,
        "A [Token] property stands for one preserved file: a partial instance property with get and set, whose type derives from LuoFile, in a [LiveUpdateSession] class.");

    public static readonly Rule TokenUsedTwice = new(
        RuleIds.TokenUsedTwice,
        "Give each file of a typed session its own token",
        RuleCategories.Sessions,
        DiagnosticSeverity.Error,
        "In a session a token names one file. LUO refuses to preserve a second one under it (EEXIST).");

    public static readonly Rule TokenRepeated = new(
        RuleIds.TokenRepeated,
        "Don't preserve two files under one token",
        RuleCategories.Sessions,
        DiagnosticSeverity.Error,
        "In a session a token names one file. LUO refuses to preserve a second one under it (EEXIST).");

    public static readonly Rule InvalidSessionName = new(
        RuleIds.InvalidSessionName,
        "Name sessions in 1 to 63 bytes",
        RuleCategories.Sessions,
        DiagnosticSeverity.Error,
        "LUO stores the name of a session in 64 bytes with a NUL at the end, and refuses one that is empty or does not fit (EINVAL).");

    public static readonly Rule SessionCreatedTwice = new(
        RuleIds.SessionCreatedTwice,
        "Don't create a session while there is one of that name",
        RuleCategories.Sessions,
        DiagnosticSeverity.Error,
        "The next kernel finds a session by its name. LUO refuses to create a second one of a name while the first is open (EEXIST).");

    public static readonly Rule WrongDirection = new(
        RuleIds.WrongDirection,
        "Preserve in created sessions, retrieve from and finish retrieved ones",
        RuleCategories.Sessions,
        DiagnosticSeverity.Error,
        "A session that this kernel created takes files; one that the previous kernel handed over gives them out and is finished. LUO refuses the rest (EINVAL).");

    public static readonly Rule InvalidSessionClass = new(
        RuleIds.InvalidSessionClass,
        "Make typed sessions classes of their own that can be created",
        RuleCategories.Sessions,
        DiagnosticSeverity.Error,
        "Retrieve makes the typed session, so it needs a constructor without parameters; and its tokens stand in one class, where they can be compared.");

    public static readonly Rule FilePreservedTwice = new(
        RuleIds.FilePreservedTwice,
        "Don't preserve one file twice",
        RuleCategories.Sessions,
        DiagnosticSeverity.Warning,
        "A file is preserved once, under one token. LUO refuses it under a second one (EBUSY), whatever the session.");

    public static readonly Rule MissingFlbCallback = new(
        RuleIds.MissingFlbCallback,
        "Write every callback that LUO requires of an FLB",
        RuleCategories.Flbs,
        DiagnosticSeverity.Error,
        "LUO refuses to link an FLB that lacks preserve, unpreserve, retrieve or finish (EINVAL).");

    public static readonly Rule UsedTypeNotFlb = new(
        RuleIds.UsedTypeNotFlb,
        "Name FLBs in [UsesFlb]",
        RuleCategories.Flbs,
        DiagnosticSeverity.Error,
        "The files of a handler can depend only on an FLB: a class with [LiveUpdateFlb].");

    public static readonly Rule FlbUsedTwice = new(
        RuleIds.FlbUsedTwice,
        "Use each FLB once",
        RuleCategories.Flbs,
        DiagnosticSeverity.Error,
        "LUO counts the files that depend on an FLB by its links to handlers, and refuses a second link of the same two (EEXIST).");

    public static readonly Rule FlbNotConstructible = new(
        RuleIds.FlbNotConstructible,
        "Let kernels create FLBs",
        RuleCategories.Flbs,
        DiagnosticSeverity.Error,
        "Each kernel makes one object of an FLB class, which all handlers share, and has no arguments for its constructor.");

    public static readonly Rule TooManyFlbs = new(
        RuleIds.TooManyFlbs,
        "Link at most 63 FLBs",
        RuleCategories.Flbs,
        DiagnosticSeverity.Error,
        "LUO hands FLBs over in one page, which has room for 63 of them.");

    public static readonly Rule DuplicateFlb = new(
        RuleIds.DuplicateFlb,
        "Give each FLB its own compatible string",
        RuleCategories.Flbs,
        DiagnosticSeverity.Error,
        "The next kernel finds an FLB by its compatible string. LUO refuses to link a second FLB of the same string (EEXIST).");

    public static readonly Rule FlbNeverAsked = new(
        RuleIds.FlbNeverAsked,
        "Ask for each FLB in the next kernel",
        RuleCategories.Flbs,
        DiagnosticSeverity.Warning,
        "LUO loads how many files depend on an FLB when the FLB is first asked for. One that is not asked for before its files are finished never is.");

    /// <summary>All rules, by id.</summary>
    public static ImmutableArray<Rule> All { get; } =
    [
        NotPartial, NotRegistrable, InvalidCompatible, ImplementedByHand,
        CompatibleNotPrintable, CompatibleWithoutVersion, InvalidVersion, DuplicateCompatible, SimilarCompatible, NotSealed,
        NotConstructible, InvalidMinimumKernel,
        MissingCallback, UnboundParameter, OverloadedCallback, InvalidReturn, TypesDiffer, WrongPassing, DuplicateParameter,
        GenericOrAsyncCallback, FileNotNullable, NeverPreserved, StateAndHandle, LookAlike, WrongIdentity,
        IdentityNotAsked, FailureNotTold, HandleCleared, RetrieveAgain, FlbsMissing, TooManyFiles,
        DependencyCycle, InvalidDependency,
        StateNotUnmanaged, ProcessAddress, UnspecifiedBytes, EnumWithoutType, AutomaticLayout, HiddenPadding, GenericState, StateTooLarge,
        EmptyState, FieldNeverWritten, FieldNeverRead, ReservedNotZero, ConditionalState,
        AbiLockMissing, AbiNotDeclared, AbiGone, AbiChanged, AbiToReview, AbiRetiredReused, AbiDraftDrifted, AbiVersionOrder, AbiReaderDropped,
        AbiLockInvalid, AbiLockDuplicate,
        InvalidUpgrade, AmbiguousUpgrade, MisplacedUpgrade,
        NothingReleased, RetrieveStatusIgnored, AcceptsEveryFile, NeverEnds, ErrnoSign, FailureReturnsSuccess,
        LeakOnFailure, UncheckedInput, NarrowedValue, StaleSibling, LostField, BlockingFreeze,
        MissingUnfreeze, Lease, DiscardedResult, DroppedWrite, NullFile, WrongUnit, GivenBack,
        InvalidTokenProperty, TokenUsedTwice, TokenRepeated, InvalidSessionName, SessionCreatedTwice, WrongDirection, InvalidSessionClass, FilePreservedTwice,
        MissingFlbCallback, UsedTypeNotFlb, FlbUsedTwice, FlbNotConstructible, TooManyFlbs, DuplicateFlb, FlbNeverAsked,
    ];
}
