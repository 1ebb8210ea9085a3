namespace LuoHandlers.Emulation;

/// <summary>Which program a live update of the process runs next.</summary>
public sealed record KexecProcessOptions
{
    /// <summary>The path of the next program; null: the running one again.</summary>
    public string? Program { get; init; }

    /// <summary>Its arguments, without its own name; null: those of the running program again, if that is what is run, else none.</summary>
    public IReadOnlyList<string>? Arguments { get; init; }

    /// <summary>
    /// Whether the next program's manifest is read before anything is frozen, and the live update refused if the program could not take all that is
    /// preserved. Where there is no manifest to be found, the live update goes on; <see cref="Kernel.EventRaised"/> tells.
    /// </summary>
    public bool Preflight { get; init; } = true;
}
