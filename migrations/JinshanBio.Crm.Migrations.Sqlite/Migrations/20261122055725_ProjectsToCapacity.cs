using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JinshanBio.Crm.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ProjectsToCapacity : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "CorrectsId",
                table: "StageChanges",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "EnteredAt",
                table: "StageChanges",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "AnnualOutput",
                table: "Projects",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "FundsInPlace",
                table: "Projects",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateOnly>(
                name: "ResumeOn",
                table: "Projects",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SignedAmount",
                table: "Projects",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "StatusDetails",
                table: "Projects",
                type: "TEXT",
                maxLength: 4000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "AnnualOutput",
                table: "PipelineSnapshots",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "FundsInPlace",
                table: "PipelineSnapshots",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "AnnualOutput",
                table: "PipelinePostings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "FundsInPlace",
                table: "PipelinePostings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "Signed",
                table: "PipelinePostings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "AnnualOutput",
                table: "PipelinePeriods",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "FundsInPlace",
                table: "PipelinePeriods",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "Signed",
                table: "PipelinePeriods",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "Agreements",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProjectId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    NumberKey = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true, collation: "BINARY"),
                    OurParty = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    InvestorName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    InvestorCode = table.Column<string>(type: "TEXT", maxLength: 18, nullable: true),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: true),
                    ForeignAmount = table.Column<long>(type: "INTEGER", nullable: true),
                    Rate = table.Column<long>(type: "INTEGER", nullable: true),
                    RateDay = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Performance = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    SignedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Place = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Event = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    RecordedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    RecordedById = table.Column<Guid>(type: "TEXT", nullable: false),
                    SignedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    SignedById = table.Column<Guid>(type: "TEXT", nullable: true),
                    OverrideReason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    IsFromEvidence = table.Column<bool>(type: "INTEGER", nullable: false),
                    VoidReason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    VoidedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    VoidedById = table.Column<Guid>(type: "TEXT", nullable: true),
                    Steps = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Agreements", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Agreements_Projects_ProjectId",
                        column: x => x.ProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Commitments",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProjectId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Side = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    What = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Target = table.Column<long>(type: "INTEGER", nullable: true),
                    Since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    DueDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    FirstDueDay = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ResponsibleId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Unit = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    Conditions = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    DocumentNumber = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    AgreementNumber = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Reached = table.Column<long>(type: "INTEGER", nullable: true),
                    ReachedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Reported = table.Column<long>(type: "INTEGER", nullable: true),
                    ReportedOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    IsWaiting = table.Column<bool>(type: "INTEGER", nullable: false),
                    KeptOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    IsExceeded = table.Column<bool>(type: "INTEGER", nullable: false),
                    BehindOn = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ReleaseReason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Told = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    Entries = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    CreatedById = table.Column<Guid>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Commitments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Commitments_People_ResponsibleId",
                        column: x => x.ResponsibleId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Commitments_Projects_ProjectId",
                        column: x => x.ProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "CompanyRequests",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ProjectId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    Category = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Channel = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ReceivedOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    OwnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AnswerBy = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    SettleBy = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    AnsweredAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    SettledAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    SettledById = table.Column<Guid>(type: "TEXT", nullable: true),
                    Result = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    Satisfaction = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    CreatedById = table.Column<Guid>(type: "TEXT", nullable: false),
                    Told = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CompanyRequests", x => x.Id);
                    table.ForeignKey(
                        name: "FK_CompanyRequests_People_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CompanyRequests_Projects_ProjectId",
                        column: x => x.ProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Documents",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    SeriesId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Edition = table.Column<int>(type: "INTEGER", nullable: false),
                    IsCurrent = table.Column<bool>(type: "INTEGER", nullable: false),
                    LeadId = table.Column<Guid>(type: "TEXT", nullable: true),
                    ProjectId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Purpose = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Label = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    FileName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ContentType = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ById = table.Column<Guid>(type: "TEXT", nullable: false),
                    RemovedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    RemovedById = table.Column<Guid>(type: "TEXT", nullable: true),
                    RemovalReason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    IsGone = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Documents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Documents_Leads_LeadId",
                        column: x => x.LeadId,
                        principalTable: "Leads",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Documents_People_ById",
                        column: x => x.ById,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Documents_Projects_ProjectId",
                        column: x => x.ProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FairCompetitionReviews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProjectId = table.Column<Guid>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    DocumentNumber = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ReviewedBy = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Basis = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    IsFromEvidence = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FairCompetitionReviews", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FairCompetitionReviews_Projects_ProjectId",
                        column: x => x.ProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "LeavingSignals",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProjectId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Sign = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    Since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ById = table.Column<Guid>(type: "TEXT", nullable: false),
                    IsStanding = table.Column<bool>(type: "INTEGER", nullable: false),
                    ClosedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ClosedById = table.Column<Guid>(type: "TEXT", nullable: true),
                    CloseReason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LeavingSignals", x => x.Id);
                    table.ForeignKey(
                        name: "FK_LeavingSignals_Projects_ProjectId",
                        column: x => x.ProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ProjectFact",
                columns: table => new
                {
                    ProjectId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Value = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProjectFact", x => new { x.ProjectId, x.Key });
                    table.ForeignKey(
                        name: "FK_ProjectFact_Projects_ProjectId",
                        column: x => x.ProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Reviews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ProjectId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    CommittedOutput = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    Note = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    OpenedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    OpenedById = table.Column<Guid>(type: "TEXT", nullable: false),
                    SheetTitle = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    SheetDocument = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    SheetUntil = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Minutes = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    MinutesNumber = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    MinutesDay = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Conditions = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    OverruleReason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    ConcludedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ConcludedById = table.Column<Guid>(type: "TEXT", nullable: true),
                    Steps = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Reviews", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Reviews_Projects_ProjectId",
                        column: x => x.ProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ReviewSheets",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Document = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ParkId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Field = table.Column<string>(type: "TEXT", maxLength: 8, nullable: true),
                    ValidFrom = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ValidUntil = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    ToldExpiry = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReviewSheets", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ReviewSheets_Parks_ParkId",
                        column: x => x.ParkId,
                        principalTable: "Parks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ServiceTasks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProjectId = table.Column<Guid>(type: "TEXT", nullable: false),
                    StepCode = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Phase = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Unit = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    OwnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    ClosedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ClosedById = table.Column<Guid>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    CreatedById = table.Column<Guid>(type: "TEXT", nullable: false),
                    Told = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ServiceTasks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ServiceTasks_People_OwnerId",
                        column: x => x.OwnerId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ServiceTasks_Projects_ProjectId",
                        column: x => x.ProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StageProbabilities",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Stage = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    Track = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Value = table.Column<int>(type: "INTEGER", nullable: false),
                    Source = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Reached = table.Column<int>(type: "INTEGER", nullable: false),
                    Decided = table.Column<int>(type: "INTEGER", nullable: false),
                    Forward = table.Column<int>(type: "INTEGER", nullable: true),
                    ToSigning = table.Column<int>(type: "INTEGER", nullable: true),
                    ToSigningLow = table.Column<int>(type: "INTEGER", nullable: true),
                    ToSigningHigh = table.Column<int>(type: "INTEGER", nullable: true),
                    ToProduction = table.Column<int>(type: "INTEGER", nullable: true),
                    Low = table.Column<int>(type: "INTEGER", nullable: true),
                    High = table.Column<int>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    ById = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StageProbabilities", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "StatusChange",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProjectId = table.Column<Guid>(type: "TEXT", nullable: false),
                    From = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    To = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Details = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ById = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StatusChange", x => x.Id);
                    table.ForeignKey(
                        name: "FK_StatusChange_Projects_ProjectId",
                        column: x => x.ProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SupersededEvidence",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProjectId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Stage = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Value = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ById = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReplacedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ReplacedById = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SupersededEvidence", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SupersededEvidence_Projects_ProjectId",
                        column: x => x.ProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PromisedMeasures",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    AgreementId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    DocumentNumber = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    DocumentTitle = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    DocumentDate = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Amount = table.Column<long>(type: "INTEGER", nullable: true),
                    WithoutAmount = table.Column<bool>(type: "INTEGER", nullable: false),
                    Conditions = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    Unit = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    StatutoryBasis = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PromisedMeasures", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PromisedMeasures_Agreements_AgreementId",
                        column: x => x.AgreementId,
                        principalTable: "Agreements",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Fulfilment",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CommitmentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Step = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    OfId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    Value = table.Column<long>(type: "INTEGER", nullable: true),
                    Text = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    DocumentNumber = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ById = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Fulfilment", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Fulfilment_Commitments_CommitmentId",
                        column: x => x.CommitmentId,
                        principalTable: "Commitments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Postponement",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CommitmentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    From = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    To = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    DocumentNumber = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ById = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Postponement", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Postponement_Commitments_CommitmentId",
                        column: x => x.CommitmentId,
                        principalTable: "Commitments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RequestAnswer",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    CompanyRequestId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ById = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RequestAnswer", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RequestAnswer_CompanyRequests_CompanyRequestId",
                        column: x => x.CompanyRequestId,
                        principalTable: "CompanyRequests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ReviewMark",
                columns: table => new
                {
                    ReviewId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Order = table.Column<int>(type: "INTEGER", nullable: false),
                    IsVeto = table.Column<bool>(type: "INTEGER", nullable: false),
                    NameZh = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    NameEn = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Most = table.Column<long>(type: "INTEGER", nullable: true),
                    Least = table.Column<long>(type: "INTEGER", nullable: true),
                    Points = table.Column<long>(type: "INTEGER", nullable: true),
                    IsHit = table.Column<bool>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReviewMark", x => new { x.ReviewId, x.Order });
                    table.ForeignKey(
                        name: "FK_ReviewMark_Reviews_ReviewId",
                        column: x => x.ReviewId,
                        principalTable: "Reviews",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ReviewOpinions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ReviewId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Unit = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    DueOn = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    AskedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    AskedById = table.Column<Guid>(type: "TEXT", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Verdict = table.Column<string>(type: "TEXT", maxLength: 32, nullable: true),
                    AnsweredAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    WaiverReason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    WaivedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    WaivedById = table.Column<Guid>(type: "TEXT", nullable: true),
                    Told = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReviewOpinions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ReviewOpinions_Reviews_ReviewId",
                        column: x => x.ReviewId,
                        principalTable: "Reviews",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ReviewSheetItem",
                columns: table => new
                {
                    SheetId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Order = table.Column<int>(type: "INTEGER", nullable: false),
                    IsVeto = table.Column<bool>(type: "INTEGER", nullable: false),
                    NameZh = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    NameEn = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Most = table.Column<long>(type: "INTEGER", nullable: true),
                    Least = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReviewSheetItem", x => new { x.SheetId, x.Order });
                    table.ForeignKey(
                        name: "FK_ReviewSheetItem_ReviewSheets_SheetId",
                        column: x => x.SheetId,
                        principalTable: "ReviewSheets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "OpinionAnswer",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    OpinionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Verdict = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Conditions = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    DocumentNumber = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    OnBehalf = table.Column<bool>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ById = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OpinionAnswer", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OpinionAnswer_ReviewOpinions_OpinionId",
                        column: x => x.OpinionId,
                        principalTable: "ReviewOpinions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Projects_IsClosed_Field_Stage_Investment_Id",
                table: "Projects",
                columns: new[] { "IsClosed", "Field", "Stage", "Investment", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Projects_IsClosed_OwnerId_Field_Stage_Investment_Id",
                table: "Projects",
                columns: new[] { "IsClosed", "OwnerId", "Field", "Stage", "Investment", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Projects_IsClosed_OwnerId_Stage_Investment_Id",
                table: "Projects",
                columns: new[] { "IsClosed", "OwnerId", "Stage", "Investment", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Agreements_InvestorCode",
                table: "Agreements",
                column: "InvestorCode");

            migrationBuilder.CreateIndex(
                name: "IX_Agreements_NumberKey",
                table: "Agreements",
                column: "NumberKey",
                unique: true,
                filter: "NumberKey IS NOT NULL AND Status IN ('Draft', 'Signed')");

            migrationBuilder.CreateIndex(
                name: "IX_Agreements_OneFormal",
                table: "Agreements",
                column: "ProjectId",
                unique: true,
                filter: "Kind = 'Formal' AND Status IN ('Draft', 'Signed')");

            migrationBuilder.CreateIndex(
                name: "IX_Agreements_ProjectId_RecordedAt",
                table: "Agreements",
                columns: new[] { "ProjectId", "RecordedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Commitments_IsWaiting",
                table: "Commitments",
                column: "IsWaiting");

            migrationBuilder.CreateIndex(
                name: "IX_Commitments_ProjectId_Status_DueDay",
                table: "Commitments",
                columns: new[] { "ProjectId", "Status", "DueDay" });

            migrationBuilder.CreateIndex(
                name: "IX_Commitments_ResponsibleId_Status_DueDay_Id",
                table: "Commitments",
                columns: new[] { "ResponsibleId", "Status", "DueDay", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Commitments_Status_BehindOn",
                table: "Commitments",
                columns: new[] { "Status", "BehindOn" });

            migrationBuilder.CreateIndex(
                name: "IX_Commitments_Status_DueDay_Id",
                table: "Commitments",
                columns: new[] { "Status", "DueDay", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Commitments_Status_IsExceeded",
                table: "Commitments",
                columns: new[] { "Status", "IsExceeded" });

            migrationBuilder.CreateIndex(
                name: "IX_Commitments_Status_Told_DueDay_Id",
                table: "Commitments",
                columns: new[] { "Status", "Told", "DueDay", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Commitments_Unit_Status_DueDay_Id",
                table: "Commitments",
                columns: new[] { "Unit", "Status", "DueDay", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_CompanyRequests_Number",
                table: "CompanyRequests",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CompanyRequests_OwnerId_State_DueOn_Id",
                table: "CompanyRequests",
                columns: new[] { "OwnerId", "State", "DueOn", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_CompanyRequests_ProjectId_State_DueOn",
                table: "CompanyRequests",
                columns: new[] { "ProjectId", "State", "DueOn" });

            migrationBuilder.CreateIndex(
                name: "IX_CompanyRequests_State_DueOn_Id",
                table: "CompanyRequests",
                columns: new[] { "State", "DueOn", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Documents_ById",
                table: "Documents",
                column: "ById");

            migrationBuilder.CreateIndex(
                name: "IX_Documents_IsGone_RemovedAt",
                table: "Documents",
                columns: new[] { "IsGone", "RemovedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Documents_LeadId_IsCurrent_Id",
                table: "Documents",
                columns: new[] { "LeadId", "IsCurrent", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Documents_ProjectId_IsCurrent_Id",
                table: "Documents",
                columns: new[] { "ProjectId", "IsCurrent", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Documents_SeriesId_Edition",
                table: "Documents",
                columns: new[] { "SeriesId", "Edition" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Documents_Sha256",
                table: "Documents",
                column: "Sha256");

            migrationBuilder.CreateIndex(
                name: "IX_FairCompetitionReviews_ProjectId",
                table: "FairCompetitionReviews",
                column: "ProjectId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Fulfilment_CommitmentId_Number",
                table: "Fulfilment",
                columns: new[] { "CommitmentId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LeavingSignals_IsStanding_Id",
                table: "LeavingSignals",
                columns: new[] { "IsStanding", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_LeavingSignals_ProjectId_IsStanding",
                table: "LeavingSignals",
                columns: new[] { "ProjectId", "IsStanding" });

            migrationBuilder.CreateIndex(
                name: "IX_OpinionAnswer_OpinionId_Number",
                table: "OpinionAnswer",
                columns: new[] { "OpinionId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Postponement_CommitmentId",
                table: "Postponement",
                column: "CommitmentId");

            migrationBuilder.CreateIndex(
                name: "IX_PromisedMeasures_AgreementId",
                table: "PromisedMeasures",
                column: "AgreementId");

            migrationBuilder.CreateIndex(
                name: "IX_RequestAnswer_CompanyRequestId",
                table: "RequestAnswer",
                column: "CompanyRequestId");

            migrationBuilder.CreateIndex(
                name: "IX_ReviewOpinions_ReviewId_Unit",
                table: "ReviewOpinions",
                columns: new[] { "ReviewId", "Unit" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReviewOpinions_Status_DueOn_Id",
                table: "ReviewOpinions",
                columns: new[] { "Status", "DueOn", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ReviewOpinions_Unit_Status_DueOn_Id",
                table: "ReviewOpinions",
                columns: new[] { "Unit", "Status", "DueOn", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Reviews_Number",
                table: "Reviews",
                column: "Number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Reviews_OneOpen",
                table: "Reviews",
                column: "ProjectId",
                unique: true,
                filter: "Status = 'Open'");

            migrationBuilder.CreateIndex(
                name: "IX_Reviews_ProjectId_OpenedAt",
                table: "Reviews",
                columns: new[] { "ProjectId", "OpenedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Reviews_Status_OpenedAt_Id",
                table: "Reviews",
                columns: new[] { "Status", "OpenedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ReviewSheets_ParkId",
                table: "ReviewSheets",
                column: "ParkId");

            migrationBuilder.CreateIndex(
                name: "IX_ServiceTasks_OwnerId_State_DueOn_Id",
                table: "ServiceTasks",
                columns: new[] { "OwnerId", "State", "DueOn", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ServiceTasks_ProjectId_StepCode",
                table: "ServiceTasks",
                columns: new[] { "ProjectId", "StepCode" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ServiceTasks_State_DueOn_Id",
                table: "ServiceTasks",
                columns: new[] { "State", "DueOn", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_StageProbabilities_Stage_Track_At",
                table: "StageProbabilities",
                columns: new[] { "Stage", "Track", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_StatusChange_ProjectId",
                table: "StatusChange",
                column: "ProjectId");

            migrationBuilder.CreateIndex(
                name: "IX_SupersededEvidence_ProjectId",
                table: "SupersededEvidence",
                column: "ProjectId");

            // What was signed until now counted with its investment.
            migrationBuilder.Sql("UPDATE \"PipelinePeriods\" SET \"Signed\" = \"Investment\" WHERE \"Stage\" IN ('S60', 'S65', 'S70', 'S80', 'S90', 'S100', 'S110', 'S120')");
            migrationBuilder.Sql("UPDATE \"PipelinePostings\" SET \"Signed\" = \"Investment\" WHERE \"Stage\" IN ('S60', 'S65', 'S70', 'S80', 'S90', 'S100', 'S110', 'S120')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Documents");

            migrationBuilder.DropTable(
                name: "FairCompetitionReviews");

            migrationBuilder.DropTable(
                name: "Fulfilment");

            migrationBuilder.DropTable(
                name: "LeavingSignals");

            migrationBuilder.DropTable(
                name: "OpinionAnswer");

            migrationBuilder.DropTable(
                name: "Postponement");

            migrationBuilder.DropTable(
                name: "ProjectFact");

            migrationBuilder.DropTable(
                name: "PromisedMeasures");

            migrationBuilder.DropTable(
                name: "RequestAnswer");

            migrationBuilder.DropTable(
                name: "ReviewMark");

            migrationBuilder.DropTable(
                name: "ReviewSheetItem");

            migrationBuilder.DropTable(
                name: "ServiceTasks");

            migrationBuilder.DropTable(
                name: "StageProbabilities");

            migrationBuilder.DropTable(
                name: "StatusChange");

            migrationBuilder.DropTable(
                name: "SupersededEvidence");

            migrationBuilder.DropTable(
                name: "ReviewOpinions");

            migrationBuilder.DropTable(
                name: "Commitments");

            migrationBuilder.DropTable(
                name: "Agreements");

            migrationBuilder.DropTable(
                name: "CompanyRequests");

            migrationBuilder.DropTable(
                name: "ReviewSheets");

            migrationBuilder.DropTable(
                name: "Reviews");

            migrationBuilder.DropIndex(
                name: "IX_Projects_IsClosed_Field_Stage_Investment_Id",
                table: "Projects");

            migrationBuilder.DropIndex(
                name: "IX_Projects_IsClosed_OwnerId_Field_Stage_Investment_Id",
                table: "Projects");

            migrationBuilder.DropIndex(
                name: "IX_Projects_IsClosed_OwnerId_Stage_Investment_Id",
                table: "Projects");

            migrationBuilder.DropColumn(
                name: "CorrectsId",
                table: "StageChanges");

            migrationBuilder.DropColumn(
                name: "EnteredAt",
                table: "StageChanges");

            migrationBuilder.DropColumn(
                name: "AnnualOutput",
                table: "Projects");

            migrationBuilder.DropColumn(
                name: "FundsInPlace",
                table: "Projects");

            migrationBuilder.DropColumn(
                name: "ResumeOn",
                table: "Projects");

            migrationBuilder.DropColumn(
                name: "SignedAmount",
                table: "Projects");

            migrationBuilder.DropColumn(
                name: "StatusDetails",
                table: "Projects");

            migrationBuilder.DropColumn(
                name: "AnnualOutput",
                table: "PipelineSnapshots");

            migrationBuilder.DropColumn(
                name: "FundsInPlace",
                table: "PipelineSnapshots");

            migrationBuilder.DropColumn(
                name: "AnnualOutput",
                table: "PipelinePostings");

            migrationBuilder.DropColumn(
                name: "FundsInPlace",
                table: "PipelinePostings");

            migrationBuilder.DropColumn(
                name: "Signed",
                table: "PipelinePostings");

            migrationBuilder.DropColumn(
                name: "AnnualOutput",
                table: "PipelinePeriods");

            migrationBuilder.DropColumn(
                name: "FundsInPlace",
                table: "PipelinePeriods");

            migrationBuilder.DropColumn(
                name: "Signed",
                table: "PipelinePeriods");
        }
    }
}
