const require_rolldown_runtime = require("./rolldown-runtime.cjs");
const require_failure = require("./failure.cjs");
const require_field = require("./field.cjs");
const require_step = require("./step.cjs");
const require_fault_table = require("./fault-table.cjs");

// src/steps/check.ts
const check = require_step.defineStep({
	name: "check",
	summary: "Check that an image is whole where it is: every platform, blob and attachment; deep reads and hashes each byte",
	details: "Names everything that is missing or damaged, and who needs it; one look finds all of it. What could not be looked at is neither there nor missing, and says so. Without deep a blob counts as there when the place says so. ferry repair brings back what is missing.",
	since: "0.1.0",
	chinese: {
		title: "检查镜像",
		summary: "检查镜像是否完整：所有平台、数据块与附件；深度模式重新计算每个字节的摘要"
	},
	needs: ["registry", "files"],
	inputs: {
		image: require_field.field.place({
			about: "The image; only the repository together with all-tags",
			example: "harbor.example.com/pay/api:prod-v1.2-1024",
			positional: true
		}),
		allTags: require_field.field.switch({ about: "Check every tag of the repository" }),
		deep: require_field.field.switch({ about: "Read every blob and hash it, so that damage is found too" }),
		withoutReferrers: require_field.field.switch({ about: "Leave out signatures and everything else that is attached" })
	},
	outputs: {
		digest: require_step.out.digest({ about: "Digest of the image; empty with all-tags" }),
		images: require_step.out.number({ about: "Images that were checked" }),
		manifests: require_step.out.number({ about: "Manifests that are there" }),
		blobs: require_step.out.number({ about: "Blobs that are there" }),
		referrers: require_step.out.number({ about: "Attachments that are there" }),
		bytes: require_step.out.number({ about: "Bytes that were read and hashed" })
	},
	examples: [{
		title: "One image",
		inputs: { image: "harbor.example.com/pay/api:prod-v1.2-1024" }
	}, {
		title: "A bundle before it is carried elsewhere, byte by byte",
		inputs: {
			image: "oci:./bundle",
			allTags: true,
			deep: true
		}
	}],
	async run({ image, allTags, deep, withoutReferrers }, context) {
		const { target, images, lost } = await require_fault_table.checkImages(image, {
			allTags,
			deep,
			referrers: !withoutReferrers
		}, context);
		context.show(require_fault_table.shownCheck(require_field.printLocation(image), {
			images,
			lost
		}, deep));
		const faults = [...require_fault_table.distinctFaults(images).map(({ fault: { kind, code, why, descriptor } }) => ({
			kind,
			code,
			why,
			name: descriptor.digest
		})), ...lost.map(({ tag, ...trouble }) => ({
			...trouble,
			name: tag
		}))];
		const [worst] = [
			"missing",
			"damaged",
			"unknown"
		].flatMap((kind) => faults.find((fault) => fault.kind === kind) ?? []);
		if (worst !== void 0) {
			const count = (kind) => faults.filter((fault) => fault.kind === kind).length;
			const words = [
				"missing",
				"damaged",
				"unknown"
			].flatMap((kind) => count(kind) === 0 ? [] : [`${count(kind)} ${kind}`]).join(", ");
			throw new require_failure.Failure(worst.code, `${target.name} is not proven whole: ${words}`, {
				cause: `${worst.name}: ${worst.why}`,
				hint: worst.kind === "unknown" ? "Nothing is known to be missing. Mend what keeps us from looking, and check again." : "ferry repair IMAGE --from PLACE brings back what another place has. Change nothing there until then.",
				facts: { faults: faults.slice(0, 50).map(({ name }) => name) }
			});
		}
		const sum = (of) => images.reduce((total, { report }) => total + report[of], 0);
		return {
			digest: allTags ? "" : images[0]?.report.root.digest ?? "",
			images: images.length,
			manifests: sum("manifests"),
			blobs: sum("blobs"),
			referrers: sum("referrers"),
			bytes: sum("bytes")
		};
	}
});

exports.check = check;