namespace JinshanBio.Crm.Domain;

/// <summary>
/// The business says no. The code is at once the problem type of the API, the key of the zh and en text and what tests assert.
/// </summary>
public sealed class Refusal(RefusalCode code, params object[] args) : Exception(code.ToString())
{
    public RefusalCode Code { get; } = code;

    /// <summary>Values for the placeholders of the text, in order: numbers, days, names.</summary>
    public IReadOnlyList<object> Args { get; } = args;

    /// <summary>Name of the input the message belongs beside, or null when it concerns the whole request.</summary>
    public string? Field { get; init; }

    /// <summary>Keys of what is lacking, for a move that needs evidence.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Further facts for the answer, such as the changes somebody else made meanwhile.</summary>
    public object? Details { get; init; }
}

/// <summary>Every reason for which the product refuses something. Texts in both languages are required by a test.</summary>
public enum RefusalCode
{
    /// <summary>The input is malformed; the fields say how.</summary>
    Invalid,
    /// <summary>Not signed in, or the sign-in has run out.</summary>
    SignInRequired,
    /// <summary>The person's roles do not permit this kind of request.</summary>
    NotPermitted,
    /// <summary>The record does not exist, or this person may not see it.</summary>
    NotFound,
    /// <summary>The address exists, but not for this method.</summary>
    MethodNotAllowed,
    /// <summary>Somebody saved the record since it was read.</summary>
    StaleVersion,
    /// <summary>A change of a single record must say which version it was read at (If-Match).</summary>
    VersionRequired,
    /// <summary>A filter, sort or column that the list does not know.</summary>
    UnknownField,
    /// <summary>The upload exceeds the limit.</summary>
    TooLarge,
    /// <summary>The content type is not accepted here.</summary>
    UnsupportedMedia,
    /// <summary>Too many attempts in a short time.</summary>
    TooManyAttempts,
    /// <summary>An Idempotency-Key was used before for a different request.</summary>
    IdempotencyMismatch,
    /// <summary>User name or password is wrong.</summary>
    SignInFailed,
    /// <summary>The account is locked for a while after wrong passwords.</summary>
    LockedOut,
    /// <summary>The one-time password must be changed first.</summary>
    PasswordChangeRequired,

    /// <summary>The credit code does not satisfy GB 32100-2015.</summary>
    CreditCodeWrong,
    /// <summary>Another enterprise already carries this credit code.</summary>
    EnterpriseExists,
    /// <summary>The register holds enterprises that may be the same one; going on needs a reason and the right to it.</summary>
    DuplicateSuspected,
    /// <summary>The record was merged into another one, which is the one to go on with.</summary>
    EnterpriseMerged,
    /// <summary>An enterprise would stand above itself.</summary>
    ParentLoop,
    /// <summary>A record cannot be merged with itself.</summary>
    MergeSelf,
    /// <summary>Colleagues' leads or projects hang on one of the two: only somebody who sees all of them may merge.</summary>
    MergeBeyondSight,
    /// <summary>Two units hold the right of first talk on the same intent: it is decided before the records become one.</summary>
    MergeRightsClash,
    /// <summary>The merge was undone already.</summary>
    MergeUndone,
    /// <summary>A merge is undone within its days only.</summary>
    MergeTooOld,
    /// <summary>What moved has been changed since in a way that undoing would overwrite.</summary>
    MergeChanged,

    /// <summary>The enterprise is recorded as operating in the district already. Args: its name.</summary>
    EnterpriseHereAlready,
    /// <summary>The enterprise does not operate in the district. Args: its name.</summary>
    EnterpriseNotHere,
    /// <summary>It cannot have left before it came. Args: the day it came.</summary>
    PresenceLeftBefore,
    /// <summary>What has happened did not happen on a day to come.</summary>
    DayInFuture,
    /// <summary>What is to come is not planned for a day that is over.</summary>
    DayInPast,
    /// <summary>The supply or demand is closed. Args: its number.</summary>
    OfferClosed,
    /// <summary>The enterprise stands in none of the reader's parks. Args: its name.</summary>
    OfferBeyondParks,
    /// <summary>An enterprise is not introduced to itself.</summary>
    IntroductionToItself,
    /// <summary>The two have been introduced to each other over this supply or demand already. Args: number.</summary>
    IntroducedAlready,
    /// <summary>A contract has its amount and day, a failure its reason.</summary>
    IntroductionIncomplete,

    /// <summary>The chain link does not exist or is not one of the lead's field or the shared links.</summary>
    UnknownLink,
    /// <summary>The field code does not exist.</summary>
    UnknownFieldCode,
    /// <summary>图谱维护: the code means another link, which may be off the map. Args: code.</summary>
    LinkCodeTaken,
    /// <summary>图谱维护: a link that is off the map is restored first. Args: code.</summary>
    LinkTakenOff,
    /// <summary>图谱维护: only a link that is off the map is restored. Args: code.</summary>
    LinkOnMap,
    /// <summary>图谱维护: the edge of that kind stands on the map already. Args: supplier, buyer.</summary>
    EdgeExists,
    /// <summary>图谱维护: a link does not supply itself.</summary>
    EdgeToItself,
    /// <summary>图谱维护: the edge is off the map; it is added anew. Args: supplier, buyer.</summary>
    EdgeRemoved,
    /// <summary>图谱维护: GB/T 4754-2017 has no such class. Args: code.</summary>
    UnknownIndustryClass,
    /// <summary>图谱提案: the row has been judged already, or cannot be read.</summary>
    ProposalRowClosed,
    /// <summary>A lead becomes a project once.</summary>
    LeadAlreadyConverted,
    /// <summary>A dropped lead takes no further steps until it is reopened.</summary>
    LeadDropped,
    /// <summary>A confidential lead needs a code name.</summary>
    CodeNameRequired,
    /// <summary>The weights of a score make up 100.</summary>
    WeightsMustAddUp,
    /// <summary>A lead in reserve takes no further steps until it is woken.</summary>
    LeadReserved,

    /// <summary>A record carries as many tags as it can.</summary>
    TooManyTags,
    /// <summary>A step on many rows takes only so many at once.</summary>
    TooManyRows,
    /// <summary>A view of that name exists already for this list.</summary>
    ViewExists,

    /// <summary>The follow-up is already done or cancelled.</summary>
    FollowUpClosed,
    /// <summary>A follow-up is put off to a later time only.</summary>
    SnoozeNotLater,
    /// <summary>A supervised follow-up is neither put off nor cancelled by whoever is to do it.</summary>
    FollowUpSupervised,
    /// <summary>Work is handed to another active person who may do it.</summary>
    HandOverTarget,
    /// <summary>Only a delivery that was given up is sent again.</summary>
    DeliveryNotFailed,
    /// <summary>The channel is not set up on this installation.</summary>
    ChannelNotOffered,
    /// <summary>The address of a channel is malformed or leads into the own network.</summary>
    ChannelAddress,

    /// <summary>No department of that code exists.</summary>
    UnknownUnit,
    /// <summary>Only somebody who belongs to a unit registers a first talk.</summary>
    UnitRequired,
    /// <summary>Another unit holds the right of first talk on this intent.</summary>
    FirstTalkHeld,
    /// <summary>The person's own unit holds it already.</summary>
    FirstTalkIsOurs,
    /// <summary>There is no living right, or it is another unit's.</summary>
    FirstTalkNotHeld,
    /// <summary>The right has been extended as often as it may be.</summary>
    FirstTalkExtended,
    /// <summary>While the right is disputed only events are recorded.</summary>
    FirstTalkIsDisputed,
    /// <summary>No dispute of this unit is open.</summary>
    FirstTalkNotDisputed,
    /// <summary>The right is already offered to a unit.</summary>
    FirstTalkOffered,
    /// <summary>The right is not offered to this unit.</summary>
    FirstTalkNotOffered,
    /// <summary>A unit neither passes a right to itself nor disputes its own.</summary>
    FirstTalkSameUnit,
    /// <summary>What is kept and given must make up the present share.</summary>
    SharesMustAddUp,
    /// <summary>On the step that a ruling names, the other side is ahead.</summary>
    DisputeBasisDoesNotSupport,

    /// <summary>The stage does not exist on the project's track.</summary>
    StageNotOnTrack,
    /// <summary>Forward moves go to the next stage only.</summary>
    StageNotNext,
    /// <summary>The project already stands at this stage.</summary>
    StageUnchanged,
    /// <summary>Entry evidence is lacking.</summary>
    EvidenceMissing,
    /// <summary>Moving back needs a reason.</summary>
    ReasonRequired,
    /// <summary>Only a formal agreement is a signing; a letter of intent never counts.</summary>
    AgreementNotFormal,
    /// <summary>The fair-competition review is still open.</summary>
    FairCompetitionOpen,
    /// <summary>The project is lost, abandoned, terminated or has left: it takes no further steps.</summary>
    ProjectClosed,
    /// <summary>The status cannot follow from the present one.</summary>
    StatusNotAllowed,

    /// <summary>What the new status asks for is lacking.</summary>
    StatusDetailsMissing,
    /// <summary>The shares of the first and of the landing place make up 100.</summary>
    StatusSharesWrong,
    /// <summary>A resume day lies ahead, the day of a loss does not.</summary>
    StatusDayWrong,
    /// <summary>A corrected day lies between those of its neighbours and not in the future.</summary>
    CorrectionNotInOrder,
    /// <summary>The law asks for it: it can be asked for earlier, not left out.</summary>
    GateIsLaw,
    /// <summary>A gate asks for something at its own stage or at an earlier one, from the first gate on.</summary>
    GateNotEarlier,
    /// <summary>The key belongs to other evidence or to a field of the form.</summary>
    GateKeyTaken,
    /// <summary>Not a number.</summary>
    FormNumber,
    /// <summary>Not a whole number.</summary>
    FormWholeNumber,
    /// <summary>Smaller or larger than the field takes.</summary>
    FormRange,
    /// <summary>Neither yes nor no.</summary>
    FormYesOrNo,
    /// <summary>None of the options.</summary>
    FormOption,
    /// <summary>Not a day.</summary>
    FormDay,
    /// <summary>Longer than the field takes.</summary>
    FormTooLong,
    /// <summary>An admission review of the project is open: one at a time, and the gate waits for its result.</summary>
    ReviewOpen,
    /// <summary>The admission review did not pass the project.</summary>
    ReviewRejected,
    /// <summary>The admission review put the project off.</summary>
    ReviewDeferred,
    /// <summary>A concluded review takes no further steps.</summary>
    ReviewConcluded,
    /// <summary>The department has been asked already in this review.</summary>
    OpinionAsked,
    /// <summary>An opinion that was given is only superseded, with a reason.</summary>
    OpinionGiven,
    /// <summary>Departments have not answered yet: their opinions are awaited or waived with a reason.</summary>
    OpinionsOutstanding,
    /// <summary>Criteria or veto items of the sheet are not marked yet.</summary>
    ReviewNotMarked,
    /// <summary>An objection, a veto item or a missed minimum stands against passing.</summary>
    ReviewHasObjections,
    /// <summary>A criterion has no such number of points.</summary>
    MarkOutOfRange,
    /// <summary>Another sheet holds for the same park and field at that time.</summary>
    ReviewSheetOverlaps,

    /// <summary>The project has a formal agreement already.</summary>
    AgreementExists,
    /// <summary>Another agreement carries this number.</summary>
    AgreementNumberTaken,
    /// <summary>A signed agreement is not changed in what it counts.</summary>
    AgreementSigned,
    /// <summary>The agreement has been voided.</summary>
    AgreementVoid,
    /// <summary>Something lacks that an agreement needs to be signed.</summary>
    AgreementIncomplete,
    /// <summary>The formal agreement stands as a draft: it is signed before the project moves.</summary>
    AgreementUnsigned,
    /// <summary>A formal agreement is signed from the admission review on.</summary>
    AgreementTooEarly,
    /// <summary>A supplement increases a signed formal agreement.</summary>
    AgreementNotThere,
    /// <summary>The project stands at a stage that rests on this agreement.</summary>
    AgreementHoldsStage,
    /// <summary>The same deal seems to have been signed under another project.</summary>
    DealSignedBefore,
    /// <summary>A promised measure needs a fair-competition review that found it compliant or excepted.</summary>
    MeasureUnreviewed,
    /// <summary>No kind of measure has this code.</summary>
    UnknownMeasure,
    /// <summary>A promise with a measure needs a target and values; one that is done or not has none.</summary>
    CommitmentTarget,
    /// <summary>A measure promised quotes the public document it rests on.</summary>
    DocumentRequired,
    /// <summary>Target and days stand once something hangs on them.</summary>
    CommitmentFixed,
    /// <summary>The promise has been released.</summary>
    CommitmentReleased,
    /// <summary>The promise is kept already.</summary>
    CommitmentKept,
    /// <summary>A due day is postponed to a later one only.</summary>
    PostponeNotLater,
    /// <summary>Nobody verifies what was entered by oneself.</summary>
    FulfilmentOwn,
    /// <summary>The report has been verified, turned down or withdrawn already.</summary>
    FulfilmentSettled,

    /// <summary>The project already has a place proposed or held in this park.</summary>
    AssignmentExists,
    /// <summary>统筹: the project has found a place since the plan was made.</summary>
    AllocationPlaceFound,
    /// <summary>统筹: the space is only assumed in the plan. Args: space.</summary>
    AllocationSpaceAssumed,
    /// <summary>统筹: the project has no place in the plan.</summary>
    AllocationNotPlaced,
    /// <summary>The assignment is not in a state that permits this step.</summary>
    AssignmentNotAllowed,
    /// <summary>Another area than was asked for is explained. Args: given, asked for, m².</summary>
    AreaReasonRequired,
    /// <summary>A reservation ends today or later.</summary>
    HoldEndPast,
    /// <summary>A lease ends today or later, and not before its space is taken.</summary>
    LeaseEndPast,
    /// <summary>A lease is recorded once it is signed.</summary>
    LeaseDayAhead,
    /// <summary>An option ends today or later, and not after the stay.</summary>
    OptionEndPast,
    /// <summary>The option has been exercised, given up or has lapsed.</summary>
    OptionClosed,
    /// <summary>Acceptance must name the space that is held.</summary>
    SpaceRequired,
    /// <summary>The space belongs to another park.</summary>
    SpaceElsewhere,
    /// <summary>硬约束: the space does not meet what the project needs; going on needs a reason and the right to it.</summary>
    SpaceDoesNotFit,
    /// <summary>The space has less free area than asked for.</summary>
    SpaceOverbooked,
    /// <summary>The space's area cannot become smaller than what is held and occupied.</summary>
    SpaceTooSmall,
    /// <summary>The space becomes available only later.</summary>
    SpaceNotYetAvailable,
    /// <summary>A space is not there any more after its last day. Args: space, last day.</summary>
    SpaceClosed,
    /// <summary>The last day of a space is before its first. Args: first day.</summary>
    SpaceEndsBefore,
    /// <summary>A space of that name already exists in the park.</summary>
    SpaceExists,
    /// <summary>Other spaces stand in its place since a split or a join. Args: space, day.</summary>
    SpaceReplaced,
    /// <summary>A space made of others is not there before that. Args: day.</summary>
    SpaceMadeLater,
    /// <summary>A stay would end before it begins. Args: first day.</summary>
    StayEndsBefore,
    /// <summary>Spaces are split and joined from today on or later. Args: today.</summary>
    SpaceChangePast,
    /// <summary>The parts have another area than the space. Args: area of the space, sum of the parts.</summary>
    SplitAreaDiffers,
    /// <summary>What is held or occupied was not given to the parts as a whole. Args: area, what was given.</summary>
    SplitBookingOpen,
    /// <summary>Only spaces of one building are joined.</summary>
    JoinBuildingsDiffer,
    /// <summary>Only spaces with the same last day are joined.</summary>
    JoinEndsDiffer,
    /// <summary>Figures are reported of tenants that have moved in.</summary>
    TenantNotIn,
    /// <summary>The report says nothing.</summary>
    TenantReportEmpty,
    /// <summary>The report is about a day to come.</summary>
    TenantReportEarly,
    /// <summary>There is a report for that day; a correction says why. Args: day.</summary>
    TenantReportExists,
    /// <summary>The figure is many times the last one, or the other way round; it is taken when the note says why. Args: before, now.</summary>
    TenantReportFarOff,
    /// <summary>A place goes on from a stay of the same project that is moved in.</summary>
    PreviousNotIn,
    /// <summary>Conditions rest on a document, unless they are an example.</summary>
    GraduationNeedsDocument,
    /// <summary>More conditions must hold than there are. Args: how many there are.</summary>
    GraduationNeedsTooMany,
    /// <summary>A critical supply cannot need less than any other.</summary>
    CriticalNeedTooSmall,
    /// <summary>At least one field must weigh something.</summary>
    NoFieldCounts,

    /// <summary>The file cannot be read as a table.</summary>
    FileUnreadable,
    /// <summary>No column could be recognised that the import needs.</summary>
    ColumnMissing,
    /// <summary>The import has already run or is running.</summary>
    ImportNotReady,
    /// <summary>The person has another saved mapping of that name.</summary>
    MappingNameTaken,
    /// <summary>More rows than a sheet of a workbook holds; a CSV holds them all.</summary>
    TooManyForSheet,

    /// <summary>The file has no content.</summary>
    FileEmpty,
    /// <summary>Files of this kind are not taken.</summary>
    FileTypeNotAllowed,
    /// <summary>The content is not what the name of the file says.</summary>
    FileTypeMismatch,
    /// <summary>The file is a program or carries one.</summary>
    FileExecutable,
    /// <summary>The document carries macros.</summary>
    FileHasMacros,
    /// <summary>The document has been removed.</summary>
    DocumentRemoved,
    /// <summary>There is a newer version of the document.</summary>
    DocumentSuperseded,
    /// <summary>The bytes of the document are not there any more.</summary>
    DocumentGone,

    /// <summary>Service begins when the project is signed.</summary>
    ServiceNotBegun,
    /// <summary>The step has been closed already.</summary>
    ServiceTaskClosed,
    /// <summary>The request of the company has been settled already.</summary>
    CompanyRequestSettled,
    /// <summary>The warning sign has been closed already.</summary>
    LeavingSignalClosed,

    /// <summary>Only a chain leader has partners.</summary>
    PartnerNotLeader,
    /// <summary>Nobody is one's own supplier.</summary>
    PartnerSelf,
    /// <summary>The firm is on record in this role already.</summary>
    PartnerKnown,
    /// <summary>What is assumed cannot be read, or the project or enterprise does not exist or is not seen by this person.</summary>
    AssumptionUnknown,
    /// <summary>Two assumptions of one scenario say opposite things, or one says what is so already.</summary>
    AssumptionsClash,
    /// <summary>Somebody has decided on the proposed link already.</summary>
    ProposalDecided,
    /// <summary>The enterprise is here already, or a live project of it is under way.</summary>
    TargetIsHere,
    /// <summary>Somebody is in contact with the enterprise already.</summary>
    TargetInContact,
    /// <summary>Neither a confirmed nor a proposed link of the enterprise lies in a gap.</summary>
    TargetClosesNothing,

    /// <summary>The person cannot be changed in this way (the last administrator, oneself).</summary>
    LastAdministrator,
    /// <summary>The user name is taken.</summary>
    UserNameTaken,
    /// <summary>The password does not satisfy the rules.</summary>
    PasswordTooWeak,
    /// <summary>The campaign was cancelled.</summary>
    CampaignCancelled,
    /// <summary>A colleague's campaign is not changed.</summary>
    CampaignOfOthers,
    /// <summary>No such campaign, or it was cancelled.</summary>
    UnknownCampaign,
    /// <summary>No job of that name stands in the timetable.</summary>
    UnknownJob,
    /// <summary>The job is running already.</summary>
    JobRunning,
    /// <summary>Something went wrong on our side; it has been logged under the reference given.</summary>
    Unexpected,
}
