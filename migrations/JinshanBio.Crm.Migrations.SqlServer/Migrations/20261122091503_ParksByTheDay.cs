using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JinshanBio.Crm.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class ParksByTheDay : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("SELECT \"Id\", \"AreaM2\", \"AvailableFrom\" INTO \"SpacesBefore\" FROM \"Spaces\"");

            migrationBuilder.DropIndex(
                name: "IX_Spaces_ParkId_Name",
                table: "Spaces");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Spaces_NeverOverbooked",
                table: "Spaces");

            migrationBuilder.DropIndex(
                name: "IX_Assignments_ProjectId_ParkId",
                table: "Assignments");

            migrationBuilder.DropColumn(
                name: "HeldM2",
                table: "Spaces");

            migrationBuilder.DropColumn(
                name: "OccupiedM2",
                table: "Spaces");

            migrationBuilder.AddColumn<DateOnly>(
                name: "AvailableUntil",
                table: "Spaces",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Biosafety",
                table: "Spaces",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Building",
                table: "Spaces",
                type: "nvarchar(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "ChemicalPark",
                table: "Spaces",
                type: "bit",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CleanRoom",
                table: "Spaces",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "ColdKw",
                table: "Spaces",
                type: "decimal(18,2)",
                precision: 18,
                scale: 2,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "DualPower",
                table: "Spaces",
                type: "bit",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Floor",
                table: "Spaces",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Hazard",
                table: "Spaces",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Kind",
                table: "Spaces",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "Unit");

            migrationBuilder.AddColumn<DateOnly>(
                name: "MadeOn",
                table: "Spaces",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "PowerKva",
                table: "Spaces",
                type: "decimal(18,2)",
                precision: 18,
                scale: 2,
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "ReplacedOn",
                table: "Spaces",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "SteamTph",
                table: "Spaces",
                type: "decimal(18,2)",
                precision: 18,
                scale: 2,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "WasteWater",
                table: "Spaces",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "WasteWaterM3d",
                table: "Spaces",
                type: "decimal(18,2)",
                precision: 18,
                scale: 2,
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "WaterM3d",
                table: "Spaces",
                type: "decimal(18,2)",
                precision: 18,
                scale: 2,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "WetLab",
                table: "Spaces",
                type: "bit",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "SpaceId",
                table: "Documents",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "AgreedAt",
                table: "Assignments",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "AgreedById",
                table: "Assignments",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "AgreedOn",
                table: "Assignments",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LeaseNote",
                table: "Assignments",
                type: "nvarchar(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LeaseNumber",
                table: "Assignments",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OrderReason",
                table: "Assignments",
                type: "nvarchar(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "OverriddenAt",
                table: "Assignments",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "OverriddenById",
                table: "Assignments",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OverriddenLimits",
                table: "Assignments",
                type: "nvarchar(400)",
                maxLength: 400,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "OverrideReason",
                table: "Assignments",
                type: "nvarchar(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "PreviousId",
                table: "Assignments",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "RespondBy",
                table: "Assignments",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Told",
                table: "Assignments",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "Nothing");

            migrationBuilder.AddColumn<DateOnly>(
                name: "ToldHoldUntil",
                table: "Assignments",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "Until",
                table: "Assignments",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "WaitOrder",
                table: "Assignments",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "WaitingSince",
                table: "Assignments",
                type: "datetime2",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "WantedM2",
                table: "Assignments",
                type: "decimal(18,2)",
                precision: 18,
                scale: 2,
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.CreateTable(
                name: "AllocationPlans",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    BasedOnId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    MadeAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    MadeById = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Scenario = table.Column<string>(type: "nvarchar(max)", maxLength: -1, nullable: false),
                    Outcome = table.Column<string>(type: "nvarchar(max)", maxLength: -1, nullable: false),
                    Value = table.Column<decimal>(type: "decimal(18,2)", precision: 18, scale: 2, nullable: false),
                    Bound = table.Column<decimal>(type: "decimal(18,2)", precision: 18, scale: 2, nullable: false),
                    Output = table.Column<decimal>(type: "decimal(18,2)", precision: 18, scale: 2, nullable: false),
                    Placed = table.Column<int>(type: "int", nullable: false),
                    LeftOut = table.Column<int>(type: "int", nullable: false),
                    AreaM2 = table.Column<decimal>(type: "decimal(18,2)", precision: 18, scale: 2, nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AllocationPlans", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AllocationPlans_AllocationPlans_BasedOnId",
                        column: x => x.BasedOnId,
                        principalTable: "AllocationPlans",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Bookings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AssignmentId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SpaceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    OptionId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    AreaM2 = table.Column<decimal>(type: "decimal(18,2)", precision: 18, scale: 2, nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    Until = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Bookings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Bookings_Assignments_AssignmentId",
                        column: x => x.AssignmentId,
                        principalTable: "Assignments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Bookings_Spaces_SpaceId",
                        column: x => x.SpaceId,
                        principalTable: "Spaces",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SpaceLineage",
                columns: table => new
                {
                    ParentId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ChildId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SpaceLineage", x => new { x.ParentId, x.ChildId });
                    table.ForeignKey(
                        name: "FK_SpaceLineage_Spaces_ChildId",
                        column: x => x.ChildId,
                        principalTable: "Spaces",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_SpaceLineage_Spaces_ParentId",
                        column: x => x.ParentId,
                        principalTable: "Spaces",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SpaceOptions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AssignmentId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SpaceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AreaM2 = table.Column<decimal>(type: "decimal(18,2)", precision: 18, scale: 2, nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    Until = table.Column<DateOnly>(type: "date", nullable: false),
                    Note = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    Status = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    GrantedAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    GrantedById = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ClosedAt = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ClosedById = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ToldEnding = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SpaceOptions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SpaceOptions_Assignments_AssignmentId",
                        column: x => x.AssignmentId,
                        principalTable: "Assignments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_SpaceOptions_Spaces_SpaceId",
                        column: x => x.SpaceId,
                        principalTable: "Spaces",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SpaceSpans",
                columns: table => new
                {
                    SpaceId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    From = table.Column<DateOnly>(type: "date", nullable: false),
                    AreaM2 = table.Column<decimal>(type: "decimal(18,2)", precision: 18, scale: 2, nullable: false),
                    HeldM2 = table.Column<decimal>(type: "decimal(18,2)", precision: 18, scale: 2, nullable: false),
                    OccupiedM2 = table.Column<decimal>(type: "decimal(18,2)", precision: 18, scale: 2, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SpaceSpans", x => new { x.SpaceId, x.From });
                    table.CheckConstraint("CK_SpaceSpans_NeverOverbooked", "HeldM2 >= 0 AND OccupiedM2 >= 0 AND HeldM2 + OccupiedM2 <= AreaM2");
                    table.ForeignKey(
                        name: "FK_SpaceSpans_Spaces_SpaceId",
                        column: x => x.SpaceId,
                        principalTable: "Spaces",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TenantReports",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AssignmentId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ProjectId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    AsOf = table.Column<DateOnly>(type: "date", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    Headcount = table.Column<int>(type: "int", nullable: true),
                    Revenue = table.Column<decimal>(type: "decimal(18,2)", precision: 18, scale: 2, nullable: true),
                    Output = table.Column<decimal>(type: "decimal(18,2)", precision: 18, scale: 2, nullable: true),
                    Product = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: true),
                    AreaNeedM2 = table.Column<decimal>(type: "decimal(18,2)", precision: 18, scale: 2, nullable: true),
                    FoundedOn = table.Column<DateOnly>(type: "date", nullable: true),
                    Note = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    ById = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TenantReports", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TenantReports_Assignments_AssignmentId",
                        column: x => x.AssignmentId,
                        principalTable: "Assignments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_TenantReports_Projects_ProjectId",
                        column: x => x.ProjectId,
                        principalTable: "Projects",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Spaces_ParkId_Name",
                table: "Spaces",
                columns: new[] { "ParkId", "Name" },
                unique: true,
                filter: "ReplacedOn IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Documents_SpaceId_IsCurrent_Id",
                table: "Documents",
                columns: new[] { "SpaceId", "IsCurrent", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Assignments_PreviousId",
                table: "Assignments",
                column: "PreviousId");

            migrationBuilder.CreateIndex(
                name: "IX_Assignments_ProjectId_ParkId",
                table: "Assignments",
                columns: new[] { "ProjectId", "ParkId" },
                unique: true,
                filter: "Status IN ('Proposed', 'Waiting', 'Accepted', 'Agreed')");

            migrationBuilder.CreateIndex(
                name: "IX_Assignments_Status_HoldUntil",
                table: "Assignments",
                columns: new[] { "Status", "HoldUntil" });

            migrationBuilder.CreateIndex(
                name: "IX_Assignments_Status_RespondBy",
                table: "Assignments",
                columns: new[] { "Status", "RespondBy" });

            migrationBuilder.CreateIndex(
                name: "IX_AllocationPlans_BasedOnId",
                table: "AllocationPlans",
                column: "BasedOnId");

            migrationBuilder.CreateIndex(
                name: "IX_AllocationPlans_MadeAt_Id",
                table: "AllocationPlans",
                columns: new[] { "MadeAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AllocationPlans_MadeById_MadeAt",
                table: "AllocationPlans",
                columns: new[] { "MadeById", "MadeAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_AssignmentId",
                table: "Bookings",
                column: "AssignmentId");

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_SpaceId_From",
                table: "Bookings",
                columns: new[] { "SpaceId", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_SpaceLineage_ChildId",
                table: "SpaceLineage",
                column: "ChildId");

            migrationBuilder.CreateIndex(
                name: "IX_SpaceOptions_AssignmentId",
                table: "SpaceOptions",
                column: "AssignmentId");

            migrationBuilder.CreateIndex(
                name: "IX_SpaceOptions_SpaceId",
                table: "SpaceOptions",
                column: "SpaceId");

            migrationBuilder.CreateIndex(
                name: "IX_SpaceOptions_Status_Until",
                table: "SpaceOptions",
                columns: new[] { "Status", "Until" });

            migrationBuilder.CreateIndex(
                name: "IX_TenantReports_AssignmentId",
                table: "TenantReports",
                column: "AssignmentId");

            migrationBuilder.CreateIndex(
                name: "IX_TenantReports_ProjectId_AsOf_Number",
                table: "TenantReports",
                columns: new[] { "ProjectId", "AsOf", "Number" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_Assignments_Assignments_PreviousId",
                table: "Assignments",
                column: "PreviousId",
                principalTable: "Assignments",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "FK_Documents_Spaces_SpaceId",
                table: "Documents",
                column: "SpaceId",
                principalTable: "Spaces",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            // What stood before stands from the day it was moved into, or accepted and wanted; each space from then on has, holds and houses what these add up to.
            migrationBuilder.Sql("INSERT INTO \"Bookings\" (\"Id\", \"AssignmentId\", \"SpaceId\", \"Kind\", \"AreaM2\", \"From\") SELECT a.\"Id\", a.\"Id\", s.\"Id\", 'Occupied', a.\"AreaM2\", CASE WHEN CAST(DATEADD(hour, 8, a.\"MovedInAt\") AS date) > s.\"AvailableFrom\" THEN CAST(DATEADD(hour, 8, a.\"MovedInAt\") AS date) ELSE s.\"AvailableFrom\" END FROM \"Assignments\" a JOIN \"SpacesBefore\" s ON s.\"Id\" = a.\"SpaceId\" WHERE a.\"Status\" = 'MovedIn'");
            migrationBuilder.Sql("INSERT INTO \"Bookings\" (\"Id\", \"AssignmentId\", \"SpaceId\", \"Kind\", \"AreaM2\", \"From\") SELECT a.\"Id\", a.\"Id\", s.\"Id\", 'Held', a.\"AreaM2\", CASE WHEN a.\"From\" >= CAST(DATEADD(hour, 8, a.\"DecidedAt\") AS date) AND a.\"From\" >= s.\"AvailableFrom\" THEN a.\"From\" WHEN CAST(DATEADD(hour, 8, a.\"DecidedAt\") AS date) >= s.\"AvailableFrom\" THEN CAST(DATEADD(hour, 8, a.\"DecidedAt\") AS date) ELSE s.\"AvailableFrom\" END FROM \"Assignments\" a JOIN \"SpacesBefore\" s ON s.\"Id\" = a.\"SpaceId\" WHERE a.\"Status\" = 'Accepted'");
            migrationBuilder.Sql("INSERT INTO \"SpaceSpans\" (\"SpaceId\", \"From\", \"AreaM2\", \"HeldM2\", \"OccupiedM2\") SELECT x.\"SpaceId\", x.\"From\", s.\"AreaM2\", (SELECT COALESCE(SUM(b.\"AreaM2\"), 0) FROM \"Bookings\" b WHERE b.\"SpaceId\" = x.\"SpaceId\" AND b.\"Kind\" = 'Held' AND b.\"From\" <= x.\"From\"), (SELECT COALESCE(SUM(b.\"AreaM2\"), 0) FROM \"Bookings\" b WHERE b.\"SpaceId\" = x.\"SpaceId\" AND b.\"Kind\" = 'Occupied' AND b.\"From\" <= x.\"From\") FROM (SELECT \"Id\" AS \"SpaceId\", \"AvailableFrom\" AS \"From\" FROM \"SpacesBefore\" UNION SELECT \"SpaceId\", \"From\" FROM \"Bookings\") x JOIN \"SpacesBefore\" s ON s.\"Id\" = x.\"SpaceId\"");
            migrationBuilder.Sql("UPDATE \"Assignments\" SET \"WantedM2\" = \"AreaM2\"");
            migrationBuilder.DropTable(name: "SpacesBefore");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Assignments_Assignments_PreviousId",
                table: "Assignments");

            migrationBuilder.DropForeignKey(
                name: "FK_Documents_Spaces_SpaceId",
                table: "Documents");

            migrationBuilder.DropTable(
                name: "AllocationPlans");

            migrationBuilder.DropTable(
                name: "Bookings");

            migrationBuilder.DropTable(
                name: "SpaceLineage");

            migrationBuilder.DropTable(
                name: "SpaceOptions");

            migrationBuilder.DropTable(
                name: "SpaceSpans");

            migrationBuilder.DropTable(
                name: "TenantReports");

            migrationBuilder.DropIndex(
                name: "IX_Spaces_ParkId_Name",
                table: "Spaces");

            migrationBuilder.DropIndex(
                name: "IX_Documents_SpaceId_IsCurrent_Id",
                table: "Documents");

            migrationBuilder.DropIndex(
                name: "IX_Assignments_PreviousId",
                table: "Assignments");

            migrationBuilder.DropIndex(
                name: "IX_Assignments_ProjectId_ParkId",
                table: "Assignments");

            migrationBuilder.DropIndex(
                name: "IX_Assignments_Status_HoldUntil",
                table: "Assignments");

            migrationBuilder.DropIndex(
                name: "IX_Assignments_Status_RespondBy",
                table: "Assignments");

            migrationBuilder.DropColumn(
                name: "AvailableUntil",
                table: "Spaces");

            migrationBuilder.DropColumn(
                name: "Biosafety",
                table: "Spaces");

            migrationBuilder.DropColumn(
                name: "Building",
                table: "Spaces");

            migrationBuilder.DropColumn(
                name: "ChemicalPark",
                table: "Spaces");

            migrationBuilder.DropColumn(
                name: "CleanRoom",
                table: "Spaces");

            migrationBuilder.DropColumn(
                name: "ColdKw",
                table: "Spaces");

            migrationBuilder.DropColumn(
                name: "DualPower",
                table: "Spaces");

            migrationBuilder.DropColumn(
                name: "Floor",
                table: "Spaces");

            migrationBuilder.DropColumn(
                name: "Hazard",
                table: "Spaces");

            migrationBuilder.DropColumn(
                name: "Kind",
                table: "Spaces");

            migrationBuilder.DropColumn(
                name: "MadeOn",
                table: "Spaces");

            migrationBuilder.DropColumn(
                name: "PowerKva",
                table: "Spaces");

            migrationBuilder.DropColumn(
                name: "ReplacedOn",
                table: "Spaces");

            migrationBuilder.DropColumn(
                name: "SteamTph",
                table: "Spaces");

            migrationBuilder.DropColumn(
                name: "WasteWater",
                table: "Spaces");

            migrationBuilder.DropColumn(
                name: "WasteWaterM3d",
                table: "Spaces");

            migrationBuilder.DropColumn(
                name: "WaterM3d",
                table: "Spaces");

            migrationBuilder.DropColumn(
                name: "WetLab",
                table: "Spaces");

            migrationBuilder.DropColumn(
                name: "SpaceId",
                table: "Documents");

            migrationBuilder.DropColumn(
                name: "AgreedAt",
                table: "Assignments");

            migrationBuilder.DropColumn(
                name: "AgreedById",
                table: "Assignments");

            migrationBuilder.DropColumn(
                name: "AgreedOn",
                table: "Assignments");

            migrationBuilder.DropColumn(
                name: "LeaseNote",
                table: "Assignments");

            migrationBuilder.DropColumn(
                name: "LeaseNumber",
                table: "Assignments");

            migrationBuilder.DropColumn(
                name: "OrderReason",
                table: "Assignments");

            migrationBuilder.DropColumn(
                name: "OverriddenAt",
                table: "Assignments");

            migrationBuilder.DropColumn(
                name: "OverriddenById",
                table: "Assignments");

            migrationBuilder.DropColumn(
                name: "OverriddenLimits",
                table: "Assignments");

            migrationBuilder.DropColumn(
                name: "OverrideReason",
                table: "Assignments");

            migrationBuilder.DropColumn(
                name: "PreviousId",
                table: "Assignments");

            migrationBuilder.DropColumn(
                name: "RespondBy",
                table: "Assignments");

            migrationBuilder.DropColumn(
                name: "Told",
                table: "Assignments");

            migrationBuilder.DropColumn(
                name: "ToldHoldUntil",
                table: "Assignments");

            migrationBuilder.DropColumn(
                name: "Until",
                table: "Assignments");

            migrationBuilder.DropColumn(
                name: "WaitOrder",
                table: "Assignments");

            migrationBuilder.DropColumn(
                name: "WaitingSince",
                table: "Assignments");

            migrationBuilder.DropColumn(
                name: "WantedM2",
                table: "Assignments");

            migrationBuilder.AddColumn<decimal>(
                name: "HeldM2",
                table: "Spaces",
                type: "decimal(18,2)",
                precision: 18,
                scale: 2,
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.AddColumn<decimal>(
                name: "OccupiedM2",
                table: "Spaces",
                type: "decimal(18,2)",
                precision: 18,
                scale: 2,
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.CreateIndex(
                name: "IX_Spaces_ParkId_Name",
                table: "Spaces",
                columns: new[] { "ParkId", "Name" },
                unique: true);

            migrationBuilder.AddCheckConstraint(
                name: "CK_Spaces_NeverOverbooked",
                table: "Spaces",
                sql: "HeldM2 >= 0 AND OccupiedM2 >= 0 AND HeldM2 + OccupiedM2 <= AreaM2");

            migrationBuilder.CreateIndex(
                name: "IX_Assignments_ProjectId_ParkId",
                table: "Assignments",
                columns: new[] { "ProjectId", "ParkId" },
                unique: true,
                filter: "Status IN ('Proposed', 'Accepted', 'MovedIn')");
        }
    }
}
