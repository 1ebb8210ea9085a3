using System.Diagnostics;
using LuoHandlers;
using LuoHandlers.Emulation;
using LuoHandlers.ExecProgram;
using LuoHandlers.Memory;

// What the tests of KexecProcess run: one life before the jump, one after it. The first argument says how the jump shall go.
const string FirstNote = "the first note";
string secondNote = string.Concat(Enumerable.Repeat("0123456789abcdef", 1000));

string command = args[0];
string? program = args.Length > 1 ? args[1] : null;
var options = new MachineOptions { MemorySize = 16 << 20 };
if (command == "begin-anew" && Environment.GetEnvironmentVariable("LUO_TEST_SECOND_LIFE") is not null)
    return BeginAnew();
// A program that never looks for a machine that was left behind, though the variable may be set by somebody else.
Machine? left = null;
if (command != "create" && !Machine.TryInherit(options, out left) || command == "create" && Environment.GetEnvironmentVariable("LUO_TEST_SECOND_LIFE") is null)
{
    return Before(Machine.Create(options));
}
return After(left ?? Machine.Open());

int Before(Machine machine)
{
    Report.Write(Report.Process());
    Environment.SetEnvironmentVariable("LUO_TEST_CHANGED", "after é");
    Environment.SetEnvironmentVariable("LUO_TEST_REMOVED", null);
    Environment.SetEnvironmentVariable("LUO_TEST_SECOND_LIFE", "1");

    Kernel kernel = machine.Boot();
    var handler = new NoteHandler();
    kernel.RegisterFileHandler(handler);
    var agent = new NoteAgent(kernel);
    int one = agent.CreateSession("one");
    int two = agent.CreateSession("two");
    int[] notes = [agent.Preserve(one, 1, FirstNote), agent.Preserve(one, 2, secondNote), agent.Preserve(two, 1, "the third note")];

    if (command is not ("update" or "create" or "new-arguments" or "begin-anew"))
    {
        long preserved = kernel.KexecHandover!.PreservedPageCount;
        string error = FirstTry(kernel, handler);
        // All is as before: thawed, readable, writable, open, and more can be preserved.
        agent.Preserve(two, 99, "made after the jump that failed");
        Report.Write(new
        {
            error,
            frozen = handler.FrozenCount,
            notes = notes.Select(descriptor => agent.GetNote(descriptor).Text),
            sessions = kernel.Orchestrator.OutgoingSessionCount,
            preservedMore = kernel.KexecHandover.PreservedPageCount - preserved,
            process = Report.Process(),
        });
        handler.Reset();
    }
    else
    {
        agent.Preserve(two, 99, "made after the jump that failed");
    }
    kernel.KexecProcess(command == "new-arguments" ? new KexecProcessOptions { Arguments = ["update", "new argument", ""] } : null);
    return 1;
}

string FirstTry(Kernel kernel, NoteHandler handler)
{
    var pages = new List<Folio>();
    KexecProcessOptions? next = program is null ? null : new KexecProcessOptions { Program = program };
    switch (command)
    {
        case "freeze-refused":
            handler.RefuseFreezeAt = int.Parse(program!);
            next = null;
            break;
        case "no-memory":
            while (kernel.KexecHandover!.Pages.TryAllocate(0, out Folio page))
                pages.Add(page);
            handler.FreezeAllocates = true;
            break;
        case "argument-list-too-long":
            next = new KexecProcessOptions { Arguments = [new string('x', 1 << 22)] };
            break;
    }
    try
    {
        kernel.KexecProcess(next);
        throw new UnreachableException("The jump did not fail.");
    }
    catch (ErrnoException e)
    {
        pages.ForEach(kernel.KexecHandover!.Pages.Free);
        return e.Errno.ToString();
    }
}

int BeginAnew()
{
    string? error = null;
    try
    {
        Machine.Create(options).Dispose();
    }
    catch (InvalidOperationException e)
    {
        error = e.Message;
    }
    Report.Write(new { error });
    return After(Machine.Open(options));
}

int After(Machine machine)
{
    Kernel kernel = machine.Boot();
    kernel.RegisterFileHandler(new NoteHandler());
    var agent = new NoteAgent(kernel);
    int one = agent.RetrieveSession("one");
    int two = agent.RetrieveSession("two");
    string[] notes =
    [
        agent.Retrieve(one, 1).Text,
        agent.Retrieve(one, 2).Text == secondNote ? "the second note" : "not the second note",
        agent.Retrieve(two, 1).Text,
        agent.Retrieve(two, 99).Text,
    ];
    agent.Finish(one);
    agent.Finish(two);
    using Process child = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "env; ls -l /proc/self/fd"]) { RedirectStandardOutput = true })!;
    string childOutput = child.StandardOutput.ReadToEnd();
    child.WaitForExit();
    Report.Write(new
    {
        notes,
        inherited = kernel.KexecHandover!.InheritedPageCount,
        kexecCount = kernel.KexecHandover.Metadata.KexecCount,
        liveUpdateNumber = kernel.Orchestrator.LiveUpdateNumber,
        childOutput,
        process = Report.Process(),
    });
    return 0;
}
