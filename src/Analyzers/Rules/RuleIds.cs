namespace LuoHandlers.Analyzers;

/// <summary>
/// The ids of the rules: LUO1xxx identity, LUO2xxx callbacks, LUO3xxx preserved state, LUO4xxx life cycle, LUO5xxx sessions, LUO6xxx FLBs.
/// </summary>
internal static class RuleIds
{
    public const string NotPartial = "LUO1001";
    public const string NotRegistrable = "LUO1002";
    public const string InvalidCompatible = "LUO1003";
    public const string ImplementedByHand = "LUO1004";
    public const string CompatibleNotPrintable = "LUO1005";
    public const string CompatibleWithoutVersion = "LUO1006";
    public const string InvalidVersion = "LUO1007";
    public const string DuplicateCompatible = "LUO1008";
    public const string SimilarCompatible = "LUO1009";
    public const string NotSealed = "LUO1010";
    public const string NotConstructible = "LUO1011";
    public const string InvalidMinimumKernel = "LUO1020";

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
    public const string LookAlike = "LUO2012";
    public const string WrongIdentity = "LUO2013";
    public const string IdentityNotAsked = "LUO2020";
    public const string FailureNotTold = "LUO2021";
    public const string HandleCleared = "LUO2022";
    public const string RetrieveAgain = "LUO2023";
    public const string FlbsMissing = "LUO2024";
    public const string TooManyFiles = "LUO2025";
    public const string DependencyCycle = "LUO2030";
    public const string InvalidDependency = "LUO2031";

    public const string StateNotUnmanaged = "LUO3001";
    public const string ProcessAddress = "LUO3002";
    public const string UnspecifiedBytes = "LUO3003";
    public const string EnumWithoutType = "LUO3004";
    public const string AutomaticLayout = "LUO3005";
    public const string HiddenPadding = "LUO3006";
    public const string GenericState = "LUO3007";
    public const string StateTooLarge = "LUO3008";
    public const string EmptyState = "LUO3009";
    public const string FieldNeverWritten = "LUO3010";
    public const string FieldNeverRead = "LUO3011";
    public const string ReservedNotZero = "LUO3012";
    public const string ConditionalState = "LUO3013";
    public const string InvalidUpgrade = "LUO3120";
    public const string AmbiguousUpgrade = "LUO3121";
    public const string MisplacedUpgrade = "LUO3122";

    public const string AbiLockMissing = "LUO3100";
    public const string AbiNotDeclared = "LUO3101";
    public const string AbiGone = "LUO3102";
    public const string AbiChanged = "LUO3103";
    public const string AbiToReview = "LUO3104";
    public const string AbiRetiredReused = "LUO3105";
    public const string AbiDraftDrifted = "LUO3106";
    public const string AbiVersionOrder = "LUO3107";
    public const string AbiReaderDropped = "LUO3108";
    public const string AbiLockInvalid = "LUO3110";
    public const string AbiLockDuplicate = "LUO3111";

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
    public const string WrongUnit = "LUO4018";
    public const string GivenBack = "LUO4019";

    public const string InvalidTokenProperty = "LUO5001";
    public const string TokenUsedTwice = "LUO5002";
    public const string TokenRepeated = "LUO5003";
    public const string InvalidSessionName = "LUO5004";
    public const string SessionCreatedTwice = "LUO5005";
    public const string WrongDirection = "LUO5006";
    public const string InvalidSessionClass = "LUO5007";
    public const string FilePreservedTwice = "LUO5008";

    public const string MissingFlbCallback = "LUO6001";
    public const string UsedTypeNotFlb = "LUO6002";
    public const string FlbUsedTwice = "LUO6003";
    public const string FlbNotConstructible = "LUO6004";
    public const string TooManyFlbs = "LUO6005";
    public const string DuplicateFlb = "LUO6006";
    public const string FlbNeverAsked = "LUO6007";
}
