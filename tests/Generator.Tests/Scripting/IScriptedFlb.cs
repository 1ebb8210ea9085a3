namespace LuoHandlers.Generator.Tests.Scripting;

/// <summary>An FLB that a test can make fail and look into.</summary>
public interface IScriptedFlb
{
    /// <summary>The callback that throws EBUSY.</summary>
    string? Failing { get; set; }

    /// <summary>The callbacks that ran, in order.</summary>
    IList<string> Calls { get; }
}
