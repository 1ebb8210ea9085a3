namespace LuoHandlers.Analyzers;

/// <summary>What the rules are about; the thousands of their ids.</summary>
internal static class RuleCategories
{
    public const string Identity = "LuoHandlers.Identity";
    public const string Callbacks = "LuoHandlers.Callbacks";
    public const string State = "LuoHandlers.State";
    public const string LifeCycle = "LuoHandlers.LifeCycle";
    public const string Sessions = "LuoHandlers.Sessions";
    public const string Flbs = "LuoHandlers.Flbs";
}
