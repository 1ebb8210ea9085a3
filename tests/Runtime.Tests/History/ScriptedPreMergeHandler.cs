using System.Text;
using LuoHandlers.History;
using LuoHandlers.Runtime.Tests.Doubles;
using LuoHandlers.Vfs;

namespace LuoHandlers.Runtime.Tests.History;

/// <summary>A handler of <see cref="PlainFile"/>, whose data is the number in the file. It writes down what it is called for, with that number.</summary>
internal sealed class ScriptedPreMergeHandler(string compatible = "plain-v1", List<string>? calls = null) : IPreMergeFileHandler
{
    private readonly byte[] _compatible = Encoding.UTF8.GetBytes(compatible);

    public ReadOnlySpan<byte> Compatible => _compatible;

    public List<string> Calls { get; } = calls ?? [];

    /// <summary>The argument that the last operation got.</summary>
    public object? LastArgument { get; private set; }

    public Func<PlainFile, int> OnPrepare { get; set; } = static _ => 0;

    public Func<PlainFile, int> OnFreeze { get; set; } = static _ => 0;

    public Func<int> OnRetrieve { get; set; } = static () => 0;

    /// <summary>What freeze adds to the data.</summary>
    public ulong FreezeAddend { get; set; }

    public bool CanPreserve(LuoFile file, object? argument)
    {
        LastArgument = argument;
        return file is PlainFile;
    }

    public int Prepare(ref PreMergeFileOpArgs args)
    {
        LastArgument = args.Argument;
        var file = (PlainFile)args.File!;
        Calls.Add($"prepare {file.Value}");
        // A file that is prepared starts from 0, even after a cancel.
        args.Data += file.Value;
        return OnPrepare(file);
    }

    public int Freeze(ref PreMergeFileOpArgs args)
    {
        Calls.Add($"freeze {args.Data}");
        args.Data += FreezeAddend;
        return OnFreeze((PlainFile)args.File!);
    }

    public void Cancel(ref PreMergeFileOpArgs args) => Calls.Add($"cancel {args.Data}");

    public int Retrieve(ref PreMergeFileOpArgs args)
    {
        Calls.Add($"retrieve {args.Data}");
        int result = OnRetrieve();
        if (result == 0)
            args.File = new PlainFile(args.Data);
        return result;
    }

    public void Finish(ref PreMergeFileOpArgs args) =>
        Calls.Add($"finish {args.Data} {(args.IsReclaimed ? "reclaimed" : "unclaimed")} {(args.File is null ? "without" : "with")} file");
}
