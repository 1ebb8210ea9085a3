using System.Runtime.InteropServices;

namespace LuoHandlers.Manifests;

/// <summary>Reads the manifests of an assembly and of all that it references and that lie beside it.</summary>
internal sealed class ManifestReader(string program)
{
    private readonly string _folder = Path.GetDirectoryName(program)!;
    private readonly Dictionary<(string Compatible, LiveUpdateAbiKind Kind), AcceptedAbi> _accepted = [];
    private readonly List<string> _gaps = [];
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> _references = new();

    public ProgramManifest Read()
    {
        AssemblyManifest own = AssemblyManifest.Read(program);
        _seen.Add(Path.GetFileNameWithoutExtension(program));
        Add(own);
        while (_references.TryDequeue(out string? name))
            ReadReference(name);
        if (!_seen.Contains(AssemblyManifest.Runtime))
            _gaps.Add("It does not use LuoHandlers, so what it does with what is handed over is not known.");
        return new ProgramManifest(
            program,
            [.. _accepted.Values.OrderBy(accepted => accepted.Compatible, StringComparer.Ordinal).ThenBy(accepted => accepted.Kind)],
            [.. _gaps.Order(StringComparer.Ordinal)]);
    }

    private void ReadReference(string name)
    {
        // A name of the file's making must not lead out of the folder.
        if (name.Length == 0 || name.AsSpan().IndexOfAny("/\\:\0") >= 0)
        {
            _gaps.Add($"It references an assembly of the name \"{name}\", which is none.");
            return;
        }
        string file = Path.Combine(_folder, name + ".dll");
        if (!File.Exists(file))
        {
            if (!IsOfFramework(name))
                _gaps.Add($"It references {name}, which is not beside it.");
            return;
        }
        try
        {
            Add(AssemblyManifest.Read(file));
        }
        catch (Exception e) when (e is InvalidManifestException or IOException or UnauthorizedAccessException)
        {
            _gaps.Add($"It references {name}, which can't be read: {e.Message}");
        }
    }

    private void Add(AssemblyManifest assembly)
    {
        foreach (AcceptedAbi accepted in assembly.Accepted)
        {
            // Of two layouts of one string nobody knows which one is used: neither is held against what is preserved.
            (string, LiveUpdateAbiKind) key = (accepted.Compatible, accepted.Kind);
            bool isOther = _accepted.TryGetValue(key, out AcceptedAbi? known) && known.Description != accepted.Description;
            _accepted[key] = isOther ? accepted with { Description = "" } : accepted;
        }
        foreach (string type in assembly.HandWrittenTypes)
            _gaps.Add($"{type} in {assembly.Name} is written by hand, so its compatible string is not known.");
        foreach (string reference in assembly.References)
        {
            if (_seen.Add(reference))
                _references.Enqueue(reference);
        }
    }

    // What is part of .NET itself is not beside a program, and has no handlers.
    private static bool IsOfFramework(string name) =>
        name is "mscorlib" or "netstandard" || File.Exists(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), name + ".dll"));
}
