// The deck fills the window: on a screen of 1280 by 720 a slide is as large as slides.css says.
Reveal.initialize({
	center: false,
	controlsTutorial: false,
	hash: true,
	height: 720,
	margin: 0,
	pdfMaxPagesPerSlide: 1,
	pdfSeparateFragments: false,
	plugins: [RevealNotes],
	slideNumber: "c/t",
	transition: "none",
	width: 1280,
});
