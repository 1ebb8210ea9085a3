using System.Reflection;
using LuoHandlers.Emulation;
using LuoHandlers.Generator.Tests.Infrastructure;
using LuoHandlers.Generator.Tests.Scripting;
using LuoHandlers.Handlers;
using LuoHandlers.Orchestrator.Events;
using LuoHandlers.Orchestrator.Profiles;
using LuoHandlers.Uapi;
using LuoHandlers.Vfs;
using Xunit;

namespace LuoHandlers.Generator.Tests;

/// <summary>Files that need other files of their session, in a real emulated kernel, on both sides of a live update.</summary>
public sealed class DependencyTests
{
    private const ulong DocumentToken = ulong.MaxValue;
    private const ulong PartToken = 1UL << 40;
    private const ulong FolderToken = 3;

    private static readonly Assembly Handlers = LoadedHandlers.Load(HandlerInput.Read("Dependencies"));

    /// <summary>Every order in which three files can be retrieved, on every kernel.</summary>
    public static TheoryData<string, int, int, int> Orders => [.. KernelProfile.All.SelectMany(profile => Permute([0, 1, 2]), (profile, order) =>
        new TheoryDataRow<string, int, int, int>(profile.Name, order[0], order[1], order[2]))];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Whatever_is_retrieved_first_each_file_is_there_once(string kernel, params int[] order)
    {
        using Machine machine = Machine.Create(new MachineOptions { Kernel = KernelProfile.Find(kernel)! });
        LiveUpdateSession session = Preserve(machine, number: 5);
        ulong[] tokens = [DocumentToken, PartToken, FolderToken];

        Dictionary<ulong, LuoFile> files = order.ToDictionary(index => tokens[index], index => session.RetrieveFile<LuoFile>(tokens[index]));

        Assert.Same(files[DocumentToken], Get(files[FolderToken], "Document"));
        Assert.Same(files[PartToken], Get(files[FolderToken], "Part"));
        Assert.Equal(7UL, ((Document)files[DocumentToken]).Position);
        Assert.Equal(5UL, Get(files[PartToken], "Number"));
        foreach (LuoFile file in files.Values)
            file.Put();
        session.Finish();
        Assert.All(files.Values, file => Assert.Equal(0, file.ReferenceCount));
    }

    [Fact]
    public void A_file_that_only_another_one_asked_for_is_finished_with_it()
    {
        using Machine machine = Machine.Create();
        LiveUpdateSession session = Preserve(machine, number: 5);

        LuoFile folder = session.RetrieveFile<LuoFile>(FolderToken);
        var document = (LuoFile)Get(folder, "Document")!;
        Assert.Equal(1, document.ReferenceCount);
        folder.Put();
        session.Finish();

        Assert.Equal(0, document.ReferenceCount);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void A_file_whose_dependency_is_not_preserved_in_its_session_is_refused(bool isElsewhere, bool isLater)
    {
        using Machine machine = Machine.Create();
        Kernel kernel = Boot(machine);
        var warnings = new List<string>();
        kernel.EventRaised += raised => warnings.Add((raised as KernelWarningEvent)?.Message ?? "");
        LiveUpdateDevice device = kernel.OpenLiveUpdate();
        LiveUpdateSession session = device.CreateSession("session");
        LuoFile folder = Create("Folder", ("Document", new Document("missing")), ("Part", Create("Part")));
        if (isElsewhere)
            device.CreateSession("other").PreserveFile(1, (LuoFile)Get(folder, "Document")!);

        Assert.Equal(Errno.ENOENT, Assert.Throws<LuoException>(() => session.PreserveFile(FolderToken, folder)).Errno);
        Assert.Contains(warnings, warning => warning.Contains("DependencyException", StringComparison.Ordinal) && warning.Contains("a Document that is not preserved", StringComparison.Ordinal));

        if (isLater)
        {
            folder = Create("Folder", ("Document", new Document("here")), ("Part", Create("Part")));
            session.PreserveFile(1, (LuoFile)Get(folder, "Document")!);
            session.PreserveFile(2, (LuoFile)Get(folder, "Part")!);
            session.PreserveFile(3, folder);
        }
    }

    [Theory]
    [InlineData(13, Errno.ERANGE, "could not be retrieved (ERANGE)")]
    [InlineData(77, Errno.EINVAL, "which is a Document")]
    [InlineData(99, Errno.ENOENT, "which is not there")]
    public void A_token_that_leads_to_no_such_file_fails_the_retrieve(ulong number, Errno errno, string reason)
    {
        using Machine machine = Machine.Create();
        LiveUpdateSession session = Preserve(machine, number);
        var warnings = new List<string>();
        ((KernelTransport)session.Transport).Kernel.EventRaised += raised => warnings.Add((raised as KernelWarningEvent)?.Message ?? "");

        Assert.Equal(errno, Assert.Throws<LuoException>(() => session.RetrieveFile<LuoFile>(FolderToken)).Errno);

        Assert.Contains(warnings, warning => warning.Contains("DependencyException", StringComparison.Ordinal) && warning.Contains(reason, StringComparison.Ordinal));
        session.RetrieveFile<Document>(DocumentToken).Put();
        session.Finish();
    }

    [Fact]
    public void A_file_that_depends_on_itself_by_its_token_is_refused()
    {
        using Machine machine = Machine.Create();
        Kernel kernel = machine.Boot();
        kernel.RegisterFileHandler(new Circle());
        kernel.OpenLiveUpdate().CreateSession("session").PreserveFile(Circle.Token, new Document("circle"));
        kernel = kernel.Kexec();
        kernel.RegisterFileHandler(new Circle());
        LiveUpdateSession session = kernel.OpenLiveUpdate().RetrieveSession("session");

        Assert.Equal(Errno.EINVAL, Assert.Throws<LuoException>(() => session.RetrieveFile<Document>(Circle.Token)).Errno);

        session.Finish();
    }

    [Fact]
    public void Outside_of_a_session_nothing_is_found()
    {

        Assert.Equal(Errno.ENOENT, Catch(() =>
        {
            var outside = new LiveUpdateFileOpArgs { Handler = new Circle(), Kho = new KhoLedger() };
            _ = new OutgoingDependency<Document>(in outside).GetToken(new Document("any"));
        }).Errno);
        DependencyException failure = Catch(() =>
        {
            var outside = new LiveUpdateFileOpArgs { Handler = new Circle(), Kho = new KhoLedger() };
            _ = new IncomingDependency<Document>(in outside).GetFile(5);
        });
        Assert.Equal((Errno.EOPNOTSUPP, typeof(Document), 5UL), (failure.Errno, failure.FileType, failure.Token!.Value));
    }

    private static DependencyException Catch(Action action) => Assert.Throws<DependencyException>(action);

    /// <summary>Preserves a document, a part and a folder with both, and boots the next kernel.</summary>
    private static LiveUpdateSession Preserve(Machine machine, ulong number)
    {
        Kernel kernel = Boot(machine);
        LiveUpdateSession session = kernel.OpenLiveUpdate().CreateSession("session");
        LuoFile part = Create("Part", ("Number", number));
        var document = new Document("document") { Position = 7 };
        session.PreserveFile(DocumentToken, document);
        session.PreserveFile(PartToken, part);
        session.PreserveFile(FolderToken, Create("Folder", ("Document", document), ("Part", part)));
        return Boot(machine, kernel).OpenLiveUpdate().RetrieveSession("session");
    }

    private static Kernel Boot(Machine machine, Kernel? previous = null)
    {
        previous?.KexecToHandover();
        Kernel kernel = machine.Boot();
        foreach (string name in new[] { "DocumentHandler", "PartHandler", "FolderHandler" })
            kernel.RegisterFileHandler((ILiveUpdateFileHandler)Activator.CreateInstance(Handlers.GetType($"Depending.{name}")!)!);
        return kernel;
    }

    private static LuoFile Create(string type, params (string Property, object Value)[] properties)
    {
        object file = Activator.CreateInstance(Handlers.GetType($"Depending.{type}")!)!;
        foreach ((string property, object value) in properties)
            file.GetType().GetProperty(property)!.SetValue(file, value);
        return (LuoFile)file;
    }

    private static object? Get(LuoFile file, string property) => file.GetType().GetProperty(property)!.GetValue(file);

    private static IEnumerable<int[]> Permute(int[] items) => items.Length == 1
        ? [items]
        : items.SelectMany(first => Permute([.. items.Where(item => item != first)]), (first, rest) => (int[])[first, .. rest]);

    /// <summary>A handler whose file depends on itself.</summary>
    private sealed class Circle : ILiveUpdateFileHandler
    {
        public const ulong Token = 4;

        public ReadOnlySpan<byte> Compatible => "circle-v1"u8;

        public FileHandlerCallbacks Callbacks => FileHandlerCallbacks.Required;

        public bool CanPreserve(LuoFile file) => file is Document;

        public int Preserve(ref LiveUpdateFileOpArgs args) => 0;

        public void Unpreserve(ref LiveUpdateFileOpArgs args)
        {
        }

        public int Retrieve(ref LiveUpdateFileOpArgs args)
        {
            args.File = new IncomingDependency<Document>(in args).GetFile(Token);
            return 0;
        }

        public void Finish(ref LiveUpdateFileOpArgs args)
        {
        }
    }
}
