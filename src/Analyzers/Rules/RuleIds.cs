namespace LuoHandlers.Analyzers;

/// <summary>The ids of the rules: LUO1xxx identity, LUO2xxx callbacks, LUO3xxx preserved state, LUO4xxx life cycle.</summary>
internal static class RuleIds
{
    public const string NotPartial = "LUO1001";
    public const string NotRegistrable = "LUO1002";
    public const string InvalidCompatible = "LUO1003";
    public const string ImplementedByHand = "LUO1004";

    public const string MissingCallback = "LUO2001";
    public const string UnboundParameter = "LUO2002";
    public const string OverloadedCallback = "LUO2003";
    public const string InvalidReturn = "LUO2004";
    public const string TypesDiffer = "LUO2005";
    public const string WrongPassing = "LUO2006";
    public const string DuplicateParameter = "LUO2007";
    public const string GenericOrAsyncCallback = "LUO2008";
    public const string FileNotNullable = "LUO2009";
    public const string NeverPreserved = "LUO2010";
    public const string StateAndHandle = "LUO2011";

    public const string StateNotUnmanaged = "LUO3001";

    public const string NothingReleased = "LUO4001";
    public const string RetrieveStatusIgnored = "LUO4002";
    public const string AcceptsEveryFile = "LUO4003";
    public const string NeverEnds = "LUO4004";
    public const string ErrnoSign = "LUO4005";
    public const string FailureReturnsSuccess = "LUO4006";
    public const string LeakOnFailure = "LUO4007";
    public const string UncheckedInput = "LUO4008";
    public const string NarrowedValue = "LUO4009";
    public const string StaleSibling = "LUO4010";
    public const string LostField = "LUO4011";
    public const string BlockingFreeze = "LUO4012";
    public const string MissingUnfreeze = "LUO4013";
    public const string Lease = "LUO4014";
    public const string DiscardedResult = "LUO4015";
    public const string DroppedWrite = "LUO4016";
    public const string NullFile = "LUO4017";
}
