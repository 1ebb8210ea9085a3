using LuoHandlers.Vfs;

namespace MemfdHandlerSample.Demo;

/// <summary>What the first program leaves to the second, in a memfd of its own: what to compare with.</summary>
internal sealed record DemoNotes(int Pid, double PreserveMilliseconds, IReadOnlyList<FileNote> Files)
{
    public void Write(Memfd file)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Pid);
        writer.Write(PreserveMilliseconds);
        writer.Write(Files.Count);
        foreach (FileNote note in Files)
            note.Write(writer);
        file.WriteAt(0, bytes.ToArray());
    }

    public static DemoNotes Read(Memfd file)
    {
        byte[] bytes = new byte[file.Size];
        file.ReadAt(0, bytes);
        using var reader = new BinaryReader(new MemoryStream(bytes));
        int pid = reader.ReadInt32();
        double preserve = reader.ReadDouble();
        var files = new FileNote[reader.ReadInt32()];
        for (int i = 0; i < files.Length; i++)
            files[i] = FileNote.Read(reader);
        return new DemoNotes(pid, preserve, files);
    }
}

/// <summary>A file as the first program saw it last.</summary>
internal sealed record FileNote(DemoFile File, string Sha256)
{
    public void Write(BinaryWriter writer)
    {
        writer.Write(File.Session);
        writer.Write(File.Token);
        writer.Write(File.Name);
        writer.Write(File.Size);
        writer.Write(File.Position);
        writer.Write((uint)File.Seals);
        writer.Write(Sha256);
    }

    public static FileNote Read(BinaryReader reader) => new(
        new DemoFile(
            reader.ReadString(),
            reader.ReadUInt64(),
            reader.ReadString(),
            reader.ReadInt64(),
            reader.ReadInt64(),
            (MemfdSeals)reader.ReadUInt32()),
        reader.ReadString());
}
